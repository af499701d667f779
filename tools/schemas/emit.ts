import type { Declaration, Field, Model, Node } from "./model.ts";

/** The TypeScript types of a version: data types, payloads, and a map from action to payloads. */
export function emitTypes(model: Model, subject: string): string {
  const lines = [
    `/** The payloads of ${subject} and the data types they share, named as in the specification. */`,
  ];
  for (const [name, declaration] of model.declarations) {
    lines.push("", typeOfDeclaration(name, declaration));
  }
  lines.push(
    "",
    `/** The payloads of each action of ${subject}. */`,
    "export interface Payloads {",
  );
  for (const [action, { request, response = "never" }] of model.actions) {
    lines.push(`${action}: { request: ${request}; response: ${response} };`);
  }
  lines.push("}");
  return lines.join("\n");
}

/** The zod schemas of a version, each built when it is first asked for. */
export function emitSchemas(model: Model, subject: string): string {
  const body: string[] = [];
  for (const [name, declaration] of model.declarations) {
    body.push("", `const ${name} = once(() => ${schemaOfDeclaration(declaration)});`);
  }
  body.push("", `/** What builds the schemas of each action of ${subject}. */`);
  body.push("export const schemas = {");
  for (const [action, { request, response }] of model.actions) {
    body.push(`${action}: { request: ${request}, response: ${response ?? "null"} },`);
  }
  body.push("} as const;");
  const helpers = ["dateTime", "once", "uri"].filter((name) =>
    body.some((line) => new RegExp(`\\b${name}\\b`).test(line))
  );
  const imports = [
    `import * as z from "zod";`,
    `import { ${helpers.join(", ")} } from "../shapes.ts";`,
  ];
  return [...imports, ...body].join("\n");
}

function typeOfDeclaration(name: string, declaration: Declaration): string {
  if (declaration.kind === "enum") {
    return `export type ${name} = ${declaration.values.map(quote).join(" | ")};`;
  }
  const fields = declaration.fields.map(({ name, required, node }) =>
    `${name}${required ? "" : "?"}: ${typeOf(node)};`
  );
  if (declaration.open) fields.push("[name: string]: unknown;");
  // An empty interface would take any value that is not nullish.
  if (fields.length === 0) return `export type ${name} = Record<string, never>;`;
  return [`export interface ${name} {`, ...fields, "}"].join("\n");
}

function typeOf(node: Node): string {
  switch (node.kind) {
    case "any":
      return "unknown";
    case "boolean":
      return "boolean";
    case "string":
    case "date-time":
    case "uri":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "named":
      return node.name;
    case "array":
      return `${typeOf(node.of)}[]`;
  }
}

function schemaOfDeclaration(declaration: Declaration): string {
  if (declaration.kind === "enum") return `z.enum([${declaration.values.map(quote).join(", ")}])`;
  const object = declaration.open ? "looseObject" : "strictObject";
  return `z.${object}({\n${declaration.fields.map(schemaOfField).join("\n")}\n})`;
}

function schemaOfField({ name, required, node }: Field): string {
  return `${name}: ${schemaOf(node)}${required ? "" : ".optional()"},`;
}

function schemaOf(node: Node): string {
  switch (node.kind) {
    case "any":
      return "z.unknown()";
    case "boolean":
      return "z.boolean()";
    case "date-time":
      return "dateTime()";
    case "uri":
      return "uri()";
    case "string":
      return `z.string()${check("max", node.max)}`;
    case "integer":
    case "number":
      return `z.${node.kind === "integer" ? "int" : "number"}()` + check("min", node.min) +
        check("max", node.max) + check("multipleOf", node.multipleOf);
    case "named":
      return `${node.name}()`;
    case "array":
      return `z.array(${schemaOf(node.of)})` + check("min", node.min) + check("max", node.max);
  }
}

function check(method: string, bound: number | undefined): string {
  return bound === undefined ? "" : `.${method}(${bound})`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
