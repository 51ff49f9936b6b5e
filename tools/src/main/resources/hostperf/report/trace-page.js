(() => {
  const { lines, answer, pictures, settings } = JSON.parse(document.getElementById("data").textContent);
  const at = id => document.getElementById(id);
  const make = (tag, attributes = {}, ...children) => {
    const element = Object.assign(document.createElement(tag), attributes);
    element.append(...children);
    return element;
  };
  const percent = ratio => `${(ratio * 100).toFixed(1)} %`;
  const micros = us => us >= 1e6 ? `${(us / 1e6).toFixed(2)} s` : us >= 10000 ? `${(us / 1000).toFixed(1)} ms` : us >= 1000 ? `${(us / 1000).toFixed(2)} ms` : `${us.toFixed(1)} µs`;
  const color = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
  const chosen = () => pictures[at("process").selectedIndex] ?? pictures[0];
  const { gpu_idle_ratio: idleLimit, gpu_idle_ratio_generation: idleInGeneration } = settings.thresholds.by_name;
  const limits = { aggregate: idleLimit, context: idleLimit, generation: idleInGeneration };

  // The lines are those of the text answer: figures are written once.
  const lead = () => {
    at("verdict").textContent = answer.verdict === "YES" ? "Yes: the GPU waits for the host" : "No: the host is not the bottleneck";
    const { trace, origin, rank } = pictures[0].process;
    at("source").textContent = [trace, rank == null ? "" : `rank ${rank}`, origin.captured ?? "", origin.devices.join(", ")].filter(Boolean).join(" · ")
      + (pictures.length > 1 ? ` · the worst of ${pictures.length} processes` : "");
    at("lead").replaceChildren(...lines.map(text => make("p", { textContent: text })));
  };

  const bar = (share, kind, mark) => {
    const track = make("div", { className: "track" });
    track.append(Object.assign(make("i", { className: kind }), { style: `width:${Math.min(100, share * 100)}%` }));
    if (mark !== undefined) track.append(Object.assign(make("b"), { style: `left:${mark * 100}%` }));
    return track;
  };

  const phases = () => at("phases").replaceChildren(...Object.entries(chosen().process.phases).filter(([, m]) => m).map(([name, m]) =>
    make("div", { className: "phase" }, make("span", { textContent: name }), bar(m.gpu_idle_ratio, m.gpu_idle_ratio > limits[name] ? "idle" : "", limits[name]),
      make("span", { textContent: `${percent(m.gpu_idle_ratio)} · ${m.verdict}` }))));

  const table = (heads, rows) => make("table", {}, make("thead", {}, make("tr", {}, ...heads.map(([text, kind]) => make("th", { textContent: text, className: kind })))),
    make("tbody", {}, ...rows.map(cells => make("tr", {}, ...cells.map((cell, i) => {
      const td = make("td", { className: heads[i][1] });
      td.append(cell);
      return td;
    })))));

  const named = (name, under) => {
    const span = make("span", { textContent: name });
    if (under) span.append(make("small", { textContent: under }));
    return span;
  };

  const tables = () => {
    const { gaps, host_operations: operations, largest_gaps: longest } = chosen();
    const worst = Math.max(...operations.map(o => o.self_exposed_us_per_step), 1e-9);
    at("operations").replaceChildren(table([["Operation", "name"], ["GPU waits, per step", "number"], ["", "bar"], ["in all", "number"], ["hidden", "number"]],
      operations.map(o => [named(o.name, o.source_function), micros(o.self_exposed_us_per_step), bar(o.self_exposed_us_per_step / worst), micros(o.total_us_per_step), micros(o.hidden_us_per_step)])));
    const most = Math.max(...gaps.map(g => g.total_us), 1e-9);
    at("gaps").replaceChildren(table([["Gap", "range"], ["count", "number"], ["in all", "number"], ["", "bar"], ["usually", "name"]],
      gaps.map(g => [g.range.replace("us", "µs"), g.count.toLocaleString("en"), micros(g.total_us), bar(g.total_us / most), g.usual_cause])));
    at("longest").replaceChildren(table([["Idle", "number"], ["step", "number"], ["host range", "name"], ["CUDA call", "name"]],
      longest.map(g => [micros(g.duration_us), g.step ?? "", g.no_work ? "no request scheduled" : g.host_range ?? "none", g.api_call ?? "none"])));
  };

  const axes = label => [{ stroke: color("--soft"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line") }, values: (_, splits) => splits.map(s => Number.isInteger(s) ? s : "") },
    { stroke: color("--soft"), grid: { stroke: color("--line"), width: 1 }, ticks: { stroke: color("--line") }, size: 60, label, labelSize: 20, labelFont: "12px system-ui" }];
  const size = element => ({ width: Math.max(260, element.clientWidth), height: 260 });
  let charts = [];
  const draw = (id, options, data) => {
    const element = at(id);
    element.replaceChildren();
    charts.push([element, new uPlot({ ...size(element), scales: { x: { time: false }, y: { range: (_, least, most) => [0, most * 1.05 || 1] } }, ...options }, data, element)]);
  };

  // Step numbers, unless they begin anew: then the steps are counted.
  const numbers = ({ steps }) => steps.every((s, i) => s.step != null && (i === 0 || s.step > steps[i - 1].step))
    ? steps.map(s => s.step) : steps.map((_, i) => i + 1);

  const stepChart = picture => draw("steps", { axes: axes("ms"), series: [{ label: "step" },
    { label: "wall", stroke: color("--wall"), width: 1.5, value: (_, v) => v == null ? "" : `${v.toFixed(3)} ms` },
    { label: "GPU busy", stroke: color("--busy"), width: 1.5, fill: color("--busy") + "40", value: (_, v) => v == null ? "" : `${v.toFixed(3)} ms` }] },
    [numbers(picture), picture.steps.map(s => s.wall_us / 1000), picture.steps.map(s => s.active_us / 1000)]);

  // Stacked from the bottom up; drawn from the top down, so that each covers the one above it.
  const stackChart = picture => {
    const layers = picture.operations.flatMap((o, i) => [
      { label: `${o.name}, GPU waits`, values: o.exposed_us, fill: color(`--c${i}`) },
      { label: `${o.name}, hidden`, values: o.hidden_us, fill: color(`--c${i}`) + "55" }]);
    const sum = picture.steps.map(() => 0);
    const stacked = layers.map(layer => ({ ...layer, top: layer.values.map((v, i) => (sum[i] += v / 1000)) })).reverse();
    draw("stack", { axes: axes("ms"), legend: { show: false }, series: [{ label: "step" }, ...stacked.map(l => ({ label: l.label, fill: l.fill, stroke: l.fill, width: 0, points: { show: false } }))],
      bands: stacked.slice(1).map((_, i) => ({ series: [i + 1, i + 2] })) },
      [numbers(picture), ...stacked.map(l => l.top)]);
    at("legend").replaceChildren(...picture.operations.map((o, i) => Object.assign(make("span", { textContent: o.name }), { style: `--c:var(--c${i})` })));
  };

  const all = () => {
    charts = [];
    lead(); phases(); tables(); stepChart(chosen()); stackChart(chosen());
  };
  pictures.forEach(p => at("process").append(make("option", { textContent: `${p.process.process} (${p.process.trace}, GPU ${p.process.devices.join(", ")})` })));
  at("choice").hidden = pictures.length < 2;
  at("process").addEventListener("change", all);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", all);
  new ResizeObserver(() => charts.forEach(([element, chart]) => chart.setSize(size(element)))).observe(document.body);
  at("remarks").hidden = answer.notes.length === 0;
  at("notes").append(...answer.notes.map(text => make("li", { textContent: text })));
  all();
})();
