// Looks at the page for people as a person would, in Chromium: signs in, watches a run of the sample
// engine, reads a diff, approves, denies; tries what must be refused; takes a picture of each page on
// a phone and a desktop, light and dark, and runs axe on it.
//   npm i playwright-core axe-core
//   node bench/page/look.mjs ./hostperf OUT [PYTHON]     one with pytest and line_profiler
// Run it where the packages are installed. It fails where something does not hold.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = createRequire(pathToFileURL(process.cwd() + '/'));
const { chromium } = here('playwright-core');
const axe = here('axe-core').source;
const [launcher, out] = process.argv.slice(2).map((p) => resolve(p));
const python = process.argv[4] ?? 'python3';
const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

// ---- the checkout, the server and an agent ----

const folder = mkdtempSync(join(tmpdir(), 'hostperf-page-'));
const checkout = join(folder, 'mini-executor');
const env = { ...process.env, XDG_STATE_HOME: join(folder, 'state'), XDG_CONFIG_HOME: join(folder, 'config') };
const run = (...command) => execFileSync(command[0], command.slice(1), { env, encoding: 'utf8', cwd: folder });
cpSync(join(root, 'examples/mini-executor'), checkout, {
  recursive: true,
  filter: (path) => !/__pycache__|\.pytest_cache|\/out$|\.hostperf|\.git$/.test(path),
});
const yaml = join(checkout, 'hostperf.yaml');
writeFileSync(yaml, readFileSync(yaml, 'utf8').replaceAll('[python3,', `[${python},`));
for (const words of ['init -q -b main', 'add .', '-c user.name=a -c user.email=a@b commit -q -m Sample']) {
  run('git', '-C', checkout, ...words.split(' '));
}
mkdirSync(out, { recursive: true });

const token = run(launcher, 'token', 'add', 'agent').trim();
const server = spawn(launcher, ['-C', checkout, 'serve', '--http', '127.0.0.1:0'], { env });
process.on('exit', () => server.kill());
const place = await new Promise((found) => {
  let said = '';
  server.stderr.on('data', (more) => {
    said += more;
    const match = /page for people: (http\S+)\//.exec(said);
    if (match) found(match[1]);
  });
});
const code = () => {
  const said = run(python, join(root, 'server/src/test/python/terminal/type_at_prompt.py'), '', launcher, 'ui', '--code');
  return /: ([a-z0-9-]{14})/.exec(said)[1];
};

let calls = 0;
async function call(name, args) {
  const version = '2026-07-28';
  const answer = await fetch(place + '/mcp', {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${token}`,
      'Content-Type': 'application/json',
      Accept: 'application/json, text/event-stream',
      'MCP-Protocol-Version': version,
      'Mcp-Method': 'tools/call',
      'Mcp-Name': name,
    },
    body: JSON.stringify({
      jsonrpc: '2.0',
      id: ++calls,
      method: 'tools/call',
      params: {
        name,
        arguments: args,
        _meta: {
          'io.modelcontextprotocol/protocolVersion': version,
          'io.modelcontextprotocol/clientCapabilities': {},
        },
      },
    }),
  });
  const text = await answer.text();
  const { result, error } = JSON.parse(text.includes('data: ') ? text.slice(text.lastIndexOf('data: ') + 6) : text);
  if (error || result.isError) throw new Error(`${name}: ${JSON.stringify(error ?? result.content)}`);
  return result.structuredContent;
}
async function whole(name, args) {
  let said = await call(name, args);
  while (said.state === 'running') said = await call('job', { job_id: said.job_id, action: 'wait', wait_s: 50 });
  return said.result ?? said;
}

// ---- a person ----

const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const person = await browser.newContext();
const page = await person.newPage();
const trouble = [];
page.on('console', (m) => m.type() === 'error' && trouble.push(`${page.url()}: ${m.text()}`));
page.on('pageerror', (e) => trouble.push(`${page.url()}: ${e}`));

const SIZES = { phone: { width: 390, height: 844 }, desktop: { width: 1280, height: 900 } };
let faults = 0;
/** Pictures of the page as it is, on both sizes, light and dark, with what axe finds. */
async function picture(name, shown = page) {
  for (const [size, viewport] of Object.entries(SIZES)) {
    for (const colorScheme of ['light', 'dark']) {
      await shown.setViewportSize(viewport);
      await shown.emulateMedia({ colorScheme });
      await shown.screenshot({ path: join(out, `${name}-${size}-${colorScheme}.png`), fullPage: true });
      await shown.evaluate(axe);
      const found = await shown.evaluate(() => axe.run(document, { resultTypes: ['violations'] }));
      for (const v of found.violations) {
        const where = v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any[0]?.message ?? ''}`).join(' | ');
        console.log(`axe ${v.impact}: ${name} ${size} ${colorScheme}: ${v.id}: ${where}`);
        faults += v.impact === 'serious' || v.impact === 'critical' ? 1 : 0;
      }
      const wide = await shown.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      if (wide > 0) console.log(`${name} ${size}: ${wide} px wider than the screen`);
    }
  }
}

await page.goto(place + '/');
assert.equal(new URL(page.url()).pathname, '/sign-in');
await picture('sign-in');
await page.fill('#code', 'abcd-efgh-jkmn');
await page.keyboard.press('Enter');
await page.waitForSelector('[role=alert]');
await picture('sign-in-wrong');
await page.fill('#code', code());
await page.keyboard.press('Enter');
await page.waitForSelector('h1:has-text("Runs")');
const [cookie] = await person.cookies();
assert.ok(cookie.httpOnly && cookie.sameSite === 'Strict', JSON.stringify(cookie));
await picture('overview-empty');

// A configuration, whose question appears on the open page by itself.
const asked = await call('start_run', { goal: 'Lower the time per token at batch 64', wait_s: 0 });
await page.waitForSelector(`a[href="/approvals/${asked.approval_id}"]`, { timeout: 10_000 });
await picture('overview-waiting');
await page.click(`a[href="/approvals/${asked.approval_id}"]`);
await picture('configuration');

// What must not answer it.
const stranger = await browser.newContext();
const other = await stranger.newPage();
await other.goto(`${place}/approvals/${asked.approval_id}`);
assert.equal(new URL(other.url()).pathname, '/sign-in');
const form = await page.getAttribute('input[name=form]', 'value');
const fields = `decision=approve&form=${form}`;
const posted = (headers) =>
  fetch(`${place}/approvals/${asked.approval_id}`, {
    method: 'POST',
    redirect: 'manual',
    headers: { 'Content-Type': 'application/x-www-form-urlencoded', ...headers },
    body: fields,
  }).then((a) => a.status);
assert.equal(await posted({ Authorization: `Bearer ${token}` }), 403);
assert.equal(await posted({ Origin: place }), 403);
assert.equal(await posted({ Origin: 'https://evil.example' }), 403);
const jar = `${cookie.name}=${cookie.value}`;
assert.equal(await posted({ Cookie: jar, Authorization: `Bearer ${token}`, Origin: place }), 403);
// A page of another port, which the browser sends the cookie along from: same site, other origin.
const evil = createServer((_, answer) => {
  answer.setHeader('Content-Type', 'text/html');
  answer.end(
    `<form id=f method=post action="${place}/approvals/${asked.approval_id}">` +
      `<input name=decision value=approve><input name=form value="${form}"></form><script>f.submit()</script>`,
  );
});
await new Promise((ready) => evil.listen(0, '127.0.0.1', ready));
const forged = await person.newPage();
await forged.goto(`http://127.0.0.1:${evil.address().port}/`);
await forged.waitForSelector('text=another origin');
evil.close();
await forged.close();
const open = await call('status', {});
assert.equal(open.approvals[0].state, 'pending');

await page.click('button[value=approve]');
await page.waitForSelector('text=Approved');
await picture('configuration-approved');
const { run_id } = await whole('start_run', { goal: 'Lower the time per token at batch 64', wait_s: 20 });
console.log(run_id);

// Live: the page is not loaded again.
await page.goto(`${place}/runs/${run_id}`);
await page.evaluate(() => (window.stays = true));
const profile = await call('profile', { run_id, wait_s: 0 });
await page.waitForSelector(`a[href="/jobs/${profile.job_id}"]`, { timeout: 15_000 });
await picture('run-profiling');
await page.click(`a[href="/jobs/${profile.job_id}"]`);
await page.evaluate(() => (window.stays = true));
const first = await page.textContent('#said pre');
await page.waitForFunction((was) => document.querySelector('#said pre').textContent !== was, first, { timeout: 120_000 });
await page.waitForSelector('#printed pre');
await picture('job-running');
await whole('job', { job_id: profile.job_id, action: 'wait', wait_s: 50 });
await page.waitForSelector('#state :text("done")', { timeout: 10_000 });
assert.ok(await page.evaluate(() => window.stays));
await page.reload();
await picture('job-done');

await page.goto(`${place}/runs/${run_id}`);
await page.click('text=Flame view of p1');
await page.waitForSelector('#icicle [role=treeitem]');
await picture('flames');
// Its scripts reach neither the cookie nor the site.
assert.equal(await page.evaluate(() => self.origin), 'null');

// Patches: a draft of the server, and one that the audit flags.
const { hotspots } = await whole('classify', { run_id, limit: 15 });
let patch;
for (const { hotspot_id } of hotspots.filter((h) => !h.waits)) {
  const { options, recommended } = await whole('propose_options', { run_id, hotspot_id });
  if (options.some((o) => o.option_id === recommended && o.drafted_by)) {
    patch = { run_id, option_id: recommended };
    break;
  }
}
const file = 'mini_executor/sampler.py';
const source = readFileSync(join(checkout, file), 'utf8');
const line = source.split('\n').find((l) => /^ {8}\w.* = /.test(l) && source.split(l).length === 2);
const flagged = {
  run_id,
  summary: 'Measure less',
  wait_s: 0,
  edits: [{ file, old: line, new: `        import time; time.perf_counter()\n${line}  # <b>as before</b>` }],
};
const denied = (await whole('apply_patch', flagged)).approval_id;
await page.goto(`${place}/approvals/${denied}`);
await picture('flagged-unified');
await page.click('text=Side by side');
await picture('flagged-split');
await page.fill('#reason', 'A clock has no place here.');
await page.click('button[value=deny]');
await page.waitForSelector('text=Denied');
await picture('flagged-denied');
const no = await whole('apply_patch', flagged);
assert.equal(no.state, 'declined');
assert.match(JSON.stringify(no), /A clock has no place here/);

await whole('apply_patch', { ...patch, wait_s: 0 });
await page.goto(place + '/');
await page.waitForSelector('.waiting a', { timeout: 10_000 });
// By keyboard alone.
await page.focus('.waiting a');
await page.keyboard.press('Enter');
await page.waitForSelector('table.diff');
await picture('patch-unified');
const waiting = whole('apply_patch', { ...patch, wait_s: 45 });
await page.keyboard.press('Home');
await page.focus('#reason');
await page.keyboard.press('Tab');
assert.equal(await page.evaluate(() => document.activeElement.value), 'approve');
await page.keyboard.press('Enter');
assert.equal((await waiting).patch_id, 'patch-1');
await whole('run_unit_tests', { run_id });
const validate = await call('validate', { run_id, wait_s: 0 });
await page.goto(`${place}/runs/${run_id}`);
await page.evaluate(() => (window.stays = true));
await page.waitForSelector('svg.pairs circle', { timeout: 300_000 });
assert.ok(await page.evaluate(() => window.stays));
await picture('run-measuring');
const judged = await whole('job', { job_id: validate.job_id, action: 'wait', wait_s: 50 });
console.log(judged.verdict, judged.decision);
await page.waitForSelector(`#rounds :text("${judged.verdict}")`);
await picture('run-judged');
if (judged.decision === 'hold') {
  const { approval_id } = await whole('validate', { run_id, wait_s: 0 });
  await page.goto(`${place}/approvals/${approval_id}`);
  await picture('keep');
}
await page.goto(`${place}/runs/${run_id}/report`);
await picture('report');
await page.goto(`${place}/runs/run-aaaaaaaa`);
await picture('nothing');
trouble.splice(0, trouble.length, ...trouble.filter((t) => !/40[34]|429|run-aaaaaaaa/.test(t)));

// Without JavaScript everything can be read, and answered too.
const plain = await browser.newContext({ javaScriptEnabled: false, storageState: await person.storageState() });
const still = await plain.newPage();
await still.goto(`${place}/runs/${run_id}`);
assert.match(await still.textContent('#rounds'), /passed/);
await still.goto(`${place}/approvals/${denied}`);
assert.match(await still.textContent('main'), /A clock has no place here/);

await browser.close();
for (const each of trouble) console.log('browser: ' + each);
console.log(faults || trouble.length ? `${faults} serious, ${trouble.length} errors` : 'all holds; look at the pictures in ' + out);
process.exit(faults || trouble.length ? 1 : 0);
