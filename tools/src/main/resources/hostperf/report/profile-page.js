"use strict";
(() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const by = (id) => document.getElementById(id);
  const share = (x) => (x >= 0.0995 ? (100 * x).toFixed(0) : (100 * x).toFixed(1)) + "%";
  const count = (n) => n.toLocaleString("en-US");

  /** An element with text; text is never markup. */
  function made(tag, text, className) {
    const element = document.createElement(tag);
    if (text !== undefined) element.textContent = text;
    if (className) element.className = className;
    return element;
  }

  const ROW = () => (matchMedia("(max-width: 52rem)").matches ? 28 : 22);
  const NARROWEST = 2; // pixels below which a call is not drawn

  let view, tree, totals, at, chosen, matching, order = "own";
  let drawn = new Map();

  // ---- reading ----

  function treeOf(v) {
    const top = { f: -1, own: 0, total: 1, children: [], depth: -1 };
    const open = [top];
    let sum = 0;
    for (let i = 0; i < v.nodes.length; i += 4) {
      const [depth, f, own, total] = v.nodes.slice(i, i + 4);
      const node = { f, own, total, children: [] };
      open[depth].children.push(node);
      open.length = depth + 1;
      open.push(node);
      if (depth === 0) sum += total;
    }
    // One function holds everything: it is the top.
    const single = top.children.length === 1 && sum > 0.9995;
    return d3.hierarchy(single ? top.children[0] : top).each((n) => (n.value = n.data.total));
  }

  /** Own and total share of each function; one that calls itself counts once. */
  function totalsOf(root) {
    const sums = new Map();
    const inside = new Map();
    const visit = (node) => {
      const { f } = node.data;
      if (f >= 0) {
        const sum = sums.get(f) || { f, own: 0, total: 0 };
        sums.set(f, sum);
        sum.own += node.data.own;
        if (!inside.get(f)) sum.total += node.data.total;
        inside.set(f, (inside.get(f) || 0) + 1);
      }
      (node.children || []).forEach(visit);
      if (f >= 0) inside.set(f, inside.get(f) - 1);
    };
    visit(root);
    return sums;
  }

  const nameOf = (f) => (f < 0 ? label(view) : data.functions[f].name || "(no name)");
  const label = (v) => (v.thread === "" ? "Steps of " + data.root : (v.process ? "Process " + v.process + ", " : "") + "thread " + v.thread);

  /** Where a function comes from: its package, as far as a path tells. */
  function groupOf(f) {
    const file = f < 0 ? "" : data.functions[f].file;
    if (!file || file.startsWith("<")) return "native and built in";
    const installed = file.match(/(?:site|dist)-packages\/([^/]+)/);
    if (installed) return installed[1].replace(/\.py$/, "");
    if (/\/lib(64)?\/python\d[^/]*\//.test(file)) return "standard library";
    const parts = file.split("/").filter((p) => p);
    return parts.length > 1 ? parts.slice(0, -1).slice(-2).join("/") : parts[0];
  }

  /** Shares by what is coloured alike: packages, or functions where one package is nearly all. */
  function coloured(v) {
    const sumBy = (key) => {
      const sums = new Map();
      for (let i = 0; i < v.nodes.length; i += 4) {
        const name = key(v.nodes[i + 1]);
        sums.set(name, (sums.get(name) || 0) + v.nodes[i + 2]);
      }
      return [...sums].sort((a, b) => b[1] - a[1]);
    };
    const groups = sumBy(groupOf);
    const all = groups.reduce((sum, [, own]) => sum + own, 0);
    const several = groups.length > 2 && groups[0][1] < 0.85 * all;
    return several ? { key: groupOf, sums: groups } : { key: nameOf, sums: sumBy(nameOf) };
  }
  let colours, tints = new Map();
  const tint = (f) => "t" + (f < 0 ? 7 : (tints.get(colours.key(f)) ?? 7));

  // ---- drawing ----

  function show(next) {
    view = next;
    tree = treeOf(view);
    tree.each((n, i) => (n.id = i));
    d3.partition().size([1, tree.height + 1])(tree);
    totals = totalsOf(tree);
    colours = coloured(view);
    tints = new Map(colours.sums.slice(0, 7).map(([name], i) => [name, i]));
    at = tree;
    by("icicle").replaceChildren();
    drawn = new Map();
    search();
    listed();
    const best = [...totals.values()].sort((a, b) => b.own - a.own)[0];
    const first = best && tree.descendants().filter((n) => n.data.f === best.f).sort((a, b) => b.value - a.value)[0];
    choose(first || tree);
    legend();
  }

  function draw() {
    const box = by("icicle");
    const width = box.clientWidth;
    const row = ROW();
    const [x0, x1] = [at.x0, at.x1];
    const scale = width / (x1 - x0);
    const keep = new Set();
    let deepest = 0;
    tree.each((n) => {
      const left = Math.max(0, (n.x0 - x0) * scale);
      const right = Math.min(width, (n.x1 - x0) * scale);
      if (right - left < NARROWEST || n.x1 <= x0 || n.x0 >= x1) return;
      keep.add(n.id);
      deepest = Math.max(deepest, n.depth);
      const element = drawn.get(n.id) || newCall(n, box);
      element.style.left = left + "px";
      element.style.width = right - left + "px";
      element.style.top = n.depth * row + "px";
      element.classList.toggle("above", n.depth < at.depth);
      element.classList.toggle("narrow", right - left < 12);
      element.classList.toggle("match", matching ? matching.has(n.data.f) : false);
      element.classList.toggle("same", !!chosen && n.data.f === chosen.data.f);
      const name = nameOf(n.data.f);
      const text = right - left < 34 ? "" : name + (right - left > 7 * name.length + 50 ? " " + share(n.data.total) : "");
      if (element.textContent !== text) element.textContent = text;
      element.tabIndex = n === chosen ? 0 : -1;
      element.setAttribute("aria-selected", n === chosen);
    });
    for (const [id, element] of drawn) {
      if (!keep.has(id)) { element.remove(); drawn.delete(id); }
    }
    box.style.height = (deepest + 1) * row + "px";
    box.classList.toggle("searched", !!matching);
    path();
  }

  function newCall(n, box) {
    const element = made("div", "", "call " + tint(n.data.f));
    element.setAttribute("role", "treeitem");
    element.setAttribute("aria-level", n.depth + 1);
    element.setAttribute("aria-label", `${nameOf(n.data.f)}, ${share(n.data.total)} in all, ${share(n.data.own)} of its own`);
    element.addEventListener("click", () => { at = n; choose(n, true); });
    element.addEventListener("pointerenter", () => hint(n));
    element.addEventListener("focus", () => hint(n));
    box.append(element);
    drawn.set(n.id, element);
    return element;
  }

  function hint(n) {
    const f = data.functions[n.data.f];
    by("hint").textContent = `${nameOf(n.data.f)} · ${share(n.data.total)} in this call, ${share(n.data.own)} its own` + (f && f.file ? " · " + f.file : "");
  }

  function path() {
    const steps = at.ancestors().reverse();
    const shown = steps.length > 7 ? [...steps.slice(0, 2), null, ...steps.slice(-4)] : steps;
    by("path").replaceChildren(...shown.map((n) => {
      const button = made("button", n ? nameOf(n.data.f) : "…");
      button.type = "button";
      if (!n) button.disabled = true;
      else if (n === at) button.setAttribute("aria-current", "true");
      if (n) button.addEventListener("click", () => { at = n; choose(n, true); });
      return button;
    }));
  }

  function legend() {
    const seen = colours.sums.filter(([, own]) => own >= 0.005);
    const named = seen.filter(([name]) => tints.has(name));
    const rest = seen.filter(([name]) => !tints.has(name)).reduce((sum, [, own]) => sum + own, 0);
    by("legend").replaceChildren(
      ...named.map(([name, own]) => made("span", `${name} ${share(own)}`, "t" + tints.get(name))),
      ...(rest > 0 ? [made("span", `others ${share(rest)}`, "t7")] : []));
  }

  // ---- functions ----

  function listed() {
    const rows = [...totals.values()]
      .filter((t) => !matching || matching.has(t.f))
      .sort((a, b) => b[order] - a[order] || b.total - a.total)
      .slice(0, 200);
    by("functions").tBodies[0].replaceChildren(...rows.map((t) => {
      const tr = made("tr");
      tr.dataset.f = t.f;
      const button = made("button", nameOf(t.f));
      button.type = "button";
      button.addEventListener("click", () => {
        const nodes = tree.descendants().filter((n) => n.data.f === t.f).sort((a, b) => b.value - a.value);
        if (!nodes.some((n) => n.x0 >= at.x0 && n.x1 <= at.x1)) at = tree;
        choose(nodes[0]);
      });
      const cell = made("td");
      cell.append(button, made("small", data.functions[t.f].file || "native or built in"));
      tr.append(made("td", share(t.own), "num"), made("td", share(t.total), "num"), cell);
      tr.classList.toggle("chosen", !!chosen && chosen.data.f === t.f);
      return tr;
    }));
    for (const th of by("functions").tHead.rows[0].cells) {
      if (th.dataset.by) th.setAttribute("aria-sort", th.dataset.by === order ? "descending" : "none");
    }
  }

  function choose(n, focus) {
    chosen = n;
    draw();
    hint(n);
    for (const tr of by("functions").tBodies[0].rows) tr.classList.toggle("chosen", +tr.dataset.f === n.data.f);
    detail(n.data.f);
    const element = drawn.get(n.id);
    if (element) {
      if (focus) element.focus({ preventScroll: true });
      const box = by("icicle");
      const top = n.depth * ROW();
      if (top < box.scrollTop || top + ROW() > box.scrollTop + box.clientHeight) box.scrollTop = Math.max(0, top - ROW() * 3);
    }
  }

  /** The functions that call it, and those that it calls, by share. */
  function around(f) {
    const callers = new Map(), callees = new Map();
    tree.each((n) => {
      if (n.data.f !== f) return;
      if (n.parent && n.parent.data.f >= 0) callers.set(n.parent.data.f, (callers.get(n.parent.data.f) || 0) + n.data.total);
      for (const c of n.children || []) callees.set(c.data.f, (callees.get(c.data.f) || 0) + c.data.total);
    });
    const top = (sums) => [...sums].sort((a, b) => b[1] - a[1]).slice(0, 4);
    return { callers: top(callers), callees: top(callees) };
  }

  function detail(f) {
    const figures = by("figures");
    if (f < 0) {
      by("name").textContent = label(view);
      by("where").textContent = "";
      figures.replaceChildren();
      by("source").replaceChildren();
      return;
    }
    const fn = data.functions[f];
    const sum = totals.get(f);
    by("name").textContent = nameOf(f);
    by("where").textContent = fn.file + (fn.first > 0 ? ":" + fn.first : "");
    const near = around(f);
    const figure = (name, ...values) => {
      const div = made("div");
      div.append(made("dt", name), ...values);
      return div;
    };
    const links = (pairs) => {
      const dd = made("dd", undefined, "links");
      dd.append(...pairs.map(([g, x]) => {
        const button = made("button", `${nameOf(g)} ${share(x)}`);
        button.type = "button";
        button.addEventListener("click", () => choose(tree.descendants().filter((n) => n.data.f === g).sort((a, b) => b.value - a.value)[0]));
        return button;
      }));
      return dd;
    };
    figures.replaceChildren(
      figure("Own", made("dd", share(sum.own), "large")),
      figure("With what it calls", made("dd", share(sum.total), "large")),
      ...held(f, figure),
      ...(near.callers.length ? [figure("Called by", links(near.callers))] : []),
      ...(near.callees.length ? [figure("Calls", links(near.callees))] : []));
    source(f, fn);
  }

  /** Its time holding the interpreter lock, where both times were taken. */
  function held(f, figure) {
    const other = data.views.find((v) => v.holding !== view.holding && v.thread === view.thread && v.process === view.process);
    if (!other || other.weight === 0 || data.timed !== true) return [];
    const own = (v) => {
      let sum = 0;
      for (let i = 0; i < v.nodes.length; i += 4) if (v.nodes[i + 1] === f) sum += v.nodes[i + 2] * v.weight;
      return sum;
    };
    const [wall, holding] = view.holding ? [own(other), own(view)] : [own(view), own(other)];
    if (wall === 0) return [];
    const part = Math.min(1, holding / wall);
    return [figure("Own time holding the lock", made("dd", share(part) + (part < 0.2 ? ", else it waits or runs native code" : ""), "large"))];
  }

  function source(f, fn) {
    const box = by("source");
    if (!fn.lines.length) {
      box.replaceChildren(made("p", fn.file.endsWith(".py") ? "The source is not on this machine, or the profile has no lines." : "No Python source.", "soft"));
      box.firstChild.style.padding = "0 .8rem";
      return;
    }
    const shares = new Map();
    for (let i = 0; i < view.lines.length; i += 4) {
      if (view.lines[i] === f) shares.set(view.lines[i + 1], [view.lines[i + 2], view.lines[i + 3]]);
    }
    const most = Math.max(...[...shares.values()].map(([, total]) => total), 0);
    const hasHits = Object.keys(fn.hits).length > 0;
    const table = made("table"), head = made("tr");
    for (const title of ["Own", "Total", ...(hasHits ? ["Hits"] : []), "Line", "Source"]) {
      const th = made("th", title);
      th.scope = "col";
      head.append(th);
    }
    table.append(head);
    let hottest = null;
    const indents = fn.lines.filter((text) => text.trim()).map((text) => text.match(/^[ ]*/)[0].length);
    const indent = Math.min(...indents, 80);
    fn.lines.forEach((text, i) => {
      const line = fn.first + i;
      const [own, total] = shares.get(line) || [0, 0];
      const tr = made("tr", undefined, total > 0 ? "hot" : hasHits && fn.hits[line] ? "" : "cold");
      if (total > 0) tr.style.setProperty("--warmth", (0.06 + 0.36 * (total / most)).toFixed(3));
      tr.append(made("td", own > 0 ? share(own) : ""), made("td", total > 0 ? share(total) : ""));
      if (hasHits) tr.append(made("td", fn.hits[line] ? count(fn.hits[line]) : ""));
      tr.append(made("td", line), made("td", text.slice(indent), "code"));
      table.append(tr);
      if (total === most && most > 0 && !hottest) hottest = tr;
      for (const fact of fn.facts[line] || []) {
        const under = made("tr"), cell = made("td", "· " + fact, "fact");
        const blank = made("td");
        blank.colSpan = hasHits ? 4 : 3;
        under.append(blank, cell);
        table.append(under);
      }
    });
    box.replaceChildren(table);
    box.scrollTop = hottest ? Math.max(0, hottest.offsetTop - box.clientHeight / 3) : 0;
  }

  // ---- search ----

  function search() {
    const words = by("search").value.trim().toLowerCase();
    if (!words) {
      matching = null;
      by("found").textContent = "";
      return;
    }
    matching = new Set(data.functions.flatMap((fn, f) => ((fn.name + " " + fn.file).toLowerCase().includes(words) ? [f] : [])));
    let sum = 0, functions = new Set();
    const visit = (n, inside) => {
      const is = matching.has(n.data.f);
      if (is) functions.add(n.data.f);
      if (is && !inside) sum += n.data.total;
      (n.children || []).forEach((c) => visit(c, inside || is));
    };
    visit(tree, false);
    by("found").textContent = functions.size ? `${share(sum)} of the time in ${functions.size} function${functions.size === 1 ? "" : "s"}` : "Nothing matches";
  }

  // ---- what a reader does ----

  function beside(n, step) {
    const row = tree.descendants().filter((o) => o.depth === n.depth && drawn.has(o.id)).sort((a, b) => a.x0 - b.x0);
    return row[row.indexOf(n) + step];
  }

  by("icicle").addEventListener("keydown", (event) => {
    const go = {
      ArrowDown: () => (chosen.children || []).find((c) => drawn.has(c.id)),
      ArrowUp: () => chosen.parent,
      ArrowLeft: () => beside(chosen, -1),
      ArrowRight: () => beside(chosen, 1),
      Home: () => tree,
    }[event.key];
    if (event.key === "Enter" || event.key === " ") {
      at = chosen;
      choose(chosen, true);
    } else if (go) {
      const next = go();
      if (next) {
        if (next.depth < at.depth) at = next;
        choose(next, true);
      }
    } else return;
    event.preventDefault();
  });

  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest && event.target.closest("input, select");
    if (event.key === "/" && !typing) {
      by("search").focus();
      event.preventDefault();
    } else if (event.key === "Escape") {
      if (by("search").value) {
        by("search").value = "";
        search();
        listed();
      } else {
        at = tree;
      }
      draw();
    }
  });

  by("search").addEventListener("input", () => { search(); listed(); draw(); });
  for (const th of by("functions").tHead.rows[0].cells) {
    if (th.dataset.by) th.firstElementChild.addEventListener("click", () => { order = th.dataset.by; listed(); });
  }
  addEventListener("resize", draw);

  const walls = data.views.filter((v) => !v.holding);
  const partner = (v, holding) => data.views.find((o) => o.holding === holding && o.thread === v.thread && o.process === v.process);
  walls.forEach((v, i) => by("view").append(new Option(label(v), i)));
  function kinds() {
    for (const button of by("kinds").children) {
      const holding = button.dataset.holding === "true";
      button.setAttribute("aria-pressed", view.holding === holding);
      button.disabled = !partner(view, holding);
    }
  }
  by("view").addEventListener("change", () => { show(walls[by("view").value]); kinds(); });
  by("kinds").hidden = !data.views.some((v) => v.holding);
  for (const button of by("kinds").children) {
    button.addEventListener("click", () => { show(partner(view, button.dataset.holding === "true")); kinds(); });
  }

  const size = [data.seconds > 0 ? `${data.seconds.toPrecision(3)} s` : "", data.samples > 0 ? `${count(data.samples)} samples` : ""].filter((s) => s).join(", ");
  by("lead").textContent = `Shares are of the time in ${data.root}${size ? " (" + size + ")" : ""}` +
    (data.warmUp > 0 ? `; the first ${share(data.warmUp)} differ and are left out as warm-up.` : ".");
  // Within a report, which has a title and says what the shares are of.
  for (const said of [document.querySelector("h1"), by("lead")]) said.hidden = self !== top;
  document.title = `Where the time goes: ${data.root}`;
  if (data.remarks.length) {
    by("remarks").hidden = false;
    by("remarks").replaceChildren(...data.remarks.map((r) => made("li", r)));
  }
  if (walls.length) { show(walls[0]); kinds(); }
})();
