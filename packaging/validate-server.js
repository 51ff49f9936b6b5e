// node validate-server.js TOOLS SCHEMA FILE
const path = require("node:path");
const fs = require("node:fs");
const [tools, schema, file] = process.argv.slice(2);
const module_ = (name) => require(path.resolve(tools, "node_modules", name));
const ajv = new (module_("ajv").default)({ strict: false, allErrors: true });
module_("ajv-formats").default(ajv);
const validate = ajv.compile(JSON.parse(fs.readFileSync(schema)));
if (!validate(JSON.parse(fs.readFileSync(file)))) {
  console.error(JSON.stringify(validate.errors, null, 1));
  process.exit(1);
}
