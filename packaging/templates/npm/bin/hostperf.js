#!/usr/bin/env node
"use strict";
// Hands over to the launcher in the package of this platform.
const { spawn } = require("node:child_process");
const os = require("node:os");
const path = require("node:path");

const sought = `hostperf-${process.platform}-${process.arch}`;
let launcher;
try {
  launcher = path.join(path.dirname(require.resolve(`${sought}/package.json`)), "bin", "hostperf");
} catch {
  console.error(
    `hostperf: the package ${sought} is not installed. There is one for linux-x64; elsewhere build` +
      " hostperf from its sources. Where npm was run with --omit=optional, run it without."
  );
  process.exit(2);
}

const given = process.argv.slice(2);
if (typeof process.execve === "function") {
  // Node 22.15 and later: this process becomes the launcher's.
  process.emitWarning = () => {};
  process.execve(launcher, [launcher, ...given], process.env);
}
const child = spawn(launcher, given, { stdio: "inherit" });
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
child.on("error", (e) => {
  console.error(`hostperf: ${e.message}`);
  process.exit(2);
});
child.on("exit", (code, signal) => process.exit(signal ? 128 + os.constants.signals[signal] : code));
