// Drives a server with the official TypeScript client (`npm i @modelcontextprotocol/client`, 2.4 or
// newer) by both revisions of the protocol, on both ways.
//   node bench/clients/clients.mjs ./hostperf CHECKOUT http://127.0.0.1:8639/mcp TOKEN
// Run it where the package is installed.
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const here = createRequire(pathToFileURL(process.cwd() + '/'));
const load = (name) => import(pathToFileURL(here.resolve(name)));
const { Client, StreamableHTTPClientTransport } = await load('@modelcontextprotocol/client');
const { StdioClientTransport } = await load('@modelcontextprotocol/client/stdio');
const [launcher, checkout, url, token] = process.argv.slice(2);

const ways = {
  stdio: () => new StdioClientTransport({ command: launcher, args: ['-C', checkout, 'serve'] }),
  HTTP: () =>
    new StreamableHTTPClientTransport(new URL(url), {
      requestInit: { headers: { Authorization: `Bearer ${token}` } },
    }),
};
for (const [way, transport] of Object.entries(ways)) {
  for (const mode of ['legacy', 'auto', { pin: '2026-07-28' }]) {
    const client = new Client({ name: 'typescript', version: '1' }, { versionNegotiation: { mode } });
    await client.connect(transport());
    const { tools } = await client.listTools();
    const said = await client.callTool({ name: 'status', arguments: {} });
    const refused = await client.callTool({ name: 'classify', arguments: { run_id: 'run-aaaaaaaa' } });
    const page = await client.readResource({ uri: 'hostperf://references/examples.md' });
    if (tools.length !== 14 || said.isError || !refused.isError || !page.contents.length) throw new Error(way);
    const version = client.getNegotiatedProtocolVersion?.() ?? '';
    console.log(way, JSON.stringify(mode), version, tools.length, 'tools');
    await client.close();
  }
}
