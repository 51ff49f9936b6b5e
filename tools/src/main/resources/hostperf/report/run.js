(() => {
  const data = JSON.parse(document.getElementById("samples").textContent);
  const host = document.getElementById("chart");
  if (!data.groups.length) { host.remove(); return; }

  // One x for every sample, spread within its round, since uPlot wants ascending x.
  const xs = [], base = [], candidate = [];
  data.groups.forEach((group, at) => {
    const put = (values, left, into, other) => values.forEach((value, i) => {
      xs.push(at + left + 0.26 * (values.length > 1 ? i / (values.length - 1) : 0.5));
      into.push(value);
      other.push(null);
    });
    put(group.base, -0.34, base, candidate);
    put(group.candidate, 0.08, candidate, base);
  });

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
  const dots = (label, name, filled) => ({
    label, stroke: () => colour(name), paths: () => null,
    points: { show: true, size: 7, width: 1.5, fill: () => filled ? colour(name) : colour("card") },
  });

  const intervals = u => {
    const context = u.ctx;
    const ratio = devicePixelRatio;
    context.save();
    context.strokeStyle = context.fillStyle = colour("ink");
    context.lineWidth = 2 * ratio;
    data.groups.forEach((group, at) => {
      if (group.low === undefined) return;
      const x = u.valToPos(at + 0.42, "x", true);
      const y = value => u.valToPos(value, "y", true);
      context.beginPath();
      context.moveTo(x, y(group.low));
      context.lineTo(x, y(group.high));
      for (const end of [group.low, group.high]) {
        context.moveTo(x - 4 * ratio, y(end));
        context.lineTo(x + 4 * ratio, y(end));
      }
      context.stroke();
      context.beginPath();
      context.arc(x, y(group.estimate), 3.5 * ratio, 0, 7);
      context.fill();
    });
    context.restore();
  };

  const all = data.groups.flatMap(g => [...g.base, ...g.candidate, g.low, g.high]).filter(v => v !== undefined);
  const least = Math.min(...all), most = Math.max(...all), room = 0.06 * (most - least || most);
  const narrow = () => host.clientWidth < 520;
  const axis = { stroke: () => colour("soft"), grid: { stroke: () => colour("rule"), width: 1 }, ticks: { stroke: () => colour("rule") } };
  const plot = new uPlot({
    width: host.clientWidth, height: 340,
    cursor: { show: false }, legend: { live: false },
    scales: { x: { time: false, range: [-0.5, data.groups.length - 0.5] }, y: { range: [least - room, most + room] } },
    axes: [
      { ...axis, grid: { show: false }, splits: () => data.groups.map((_, i) => i),
        values: () => data.groups.map(g => narrow() ? g.label.replace("round ", "").replace("baseline", "0") : g.label) },
      { ...axis, size: 64, label: narrow() ? undefined : data.name + (data.unit ? " (" + data.unit + ")" : ""), labelSize: 18 },
    ],
    series: [{}, dots("base, one dot a launch", "base", false), dots("candidate", "candidate", true)],
    hooks: { draw: [intervals] },
  }, [xs, base, candidate], host);

  addEventListener("resize", () => plot.setSize({ width: host.clientWidth, height: 340 }));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot.redraw());
})();
