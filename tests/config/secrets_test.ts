import assert from "node:assert/strict";
import { assertProblem, errorOf, load, problemsOf } from "./helpers.ts";

function token(value: string, rest: Parameters<typeof load>[1] = {}): string | undefined {
  return load(`server:\n  api_token: ${value}\n`, rest).server.apiToken?.reveal();
}

Deno.test("a secret is itself, a variable, or the content of a file", () => {
  assert.equal(token("plain"), "plain");
  assert.equal(token("${TOKEN}", { environment: { TOKEN: "from-env" } }), "from-env");
  const files = { "/etc/emu/secrets/token": "from-file" };
  assert.equal(token("{ file: secrets/token }", { files }), "from-file");
});

Deno.test("a secret file loses one trailing line end and a byte order mark, nothing more", () => {
  const read = (content: string) =>
    load("csms: { auth: { type: basic, password: { file: /pw } } }", { files: { "/pw": content } });
  for (
    const [content, secret] of [
      ["a b\n", "a b"],
      ["a\r\n", "a"],
      ["a\n\n", "a\n"],
      ["\ufeffa", "a"],
      [" a ", " a "],
    ] as const
  ) {
    const { auth } = read(content).csms;
    assert(auth.type === "basic");
    assert.equal(auth.password?.reveal(), secret);
  }
});

Deno.test("a missing variable or file is an error with its key and line", () => {
  const file = "server:\n  host: x\n  api_token: ${NOPE}\n";
  assertProblem(problemsOf(file), "server.api_token", /variable "NOPE" is not set/, { line: 3 });
  assertProblem(
    problemsOf(file, { environment: { NOPE: "" } }),
    "server.api_token",
    /"NOPE" is empty/,
  );
  assertProblem(
    problemsOf("server: { api_token: { file: nope } }"),
    "server.api_token",
    /Cannot read the secret file "\/etc\/emu\/nope": it does not exist/,
  );
  assertProblem(
    problemsOf("server: { api_token: { file: /empty } }", { files: { "/empty": "\n" } }),
    "server.api_token",
    /"\/empty" is empty/,
  );
});

Deno.test("a reference that cannot be one is refused", () => {
  for (const value of ['"${}"', '"${A B}"', "{ file: 5 }", "{ env: X }", "{ file: a, env: b }"]) {
    assert.equal(problemsOf(`server: { api_token: ${value} }`).length, 1, value);
  }
});

Deno.test("text around a reference makes it a text", () => {
  assert.equal(token("a${TOKEN}"), "a${TOKEN}");
});

Deno.test("a reference outside of a secret is refused, not dialled", () => {
  const problems = problemsOf('csms: { default_url: "${URL}" }', {
    environment: { URL: "ws://x" },
  });
  assertProblem(problems, "csms.default_url", /stands for secrets only/);
});

Deno.test("a lost reference brings no second complaint with it", () => {
  const text = `
csms:
  auth:
    type: basic
    authorization_key: \${NOPE}
`;
  assertProblem(problemsOf(text), "csms.auth.authorization_key", /not set/, { line: 5 });
});

Deno.test("no error and no warning shows a secret, wherever it was put", () => {
  const secret = "hunter2hunter2";
  const texts = [
    `server: { api_token: "${secret} x" }`,
    `server: { api_token: [${secret}] }`,
    `server: { api_token: { value: ${secret} } }`,
    `server: ${secret}`,
    `csms: { auth: ${secret} }`,
    `csms: { auth: [${secret}] }`,
    `csms: { auth: { type: basic, pasword: ${secret} } }`,
    `csms: { auth: { type: none, password: ${secret} } }`,
    `csms: { auth: { type: basic, authorization_key: ${secret} } }`,
    `csms: { auth: { type: basic, password: ${secret}, authorization_key: "00" } }`,
    `csms: { auth: { type: bearer, token: "${secret} x" } }`,
    `csms: { auth: { type: bearer, token: ${secret} }, call_timeout: 5 }`,
    `csms: { default_url: "ws://user:${secret}@host" }`,
    `csms: { default_url: "http://user:${secret}@host/" }`,
    `csms: { default_url: "user:p@${secret}@host" }`,
    `csms: { default_url: "http://host/?token=${secret}" }`,
    `csms: { default_url: "ws://host/#${secret}" }`,
    `csms: { tls: { enabled: true, client_key: "-----BEGIN PRIVATE KEY-----\\n${secret}" } }`,
    `stations: ${secret}`,
    `stations: [${secret}]`,
  ];
  for (const text of texts) {
    const { message, problems } = errorOf(text, { environment: { TOKEN: secret } });
    assert(!`${message} ${JSON.stringify(problems)}`.includes(secret), `${text} gives ${message}`);
  }
  const odd = load(`csms: { auth: { type: basic, password: ${secret} } }\nstations: [{ id: A }]`);
  assert.equal(odd.warnings.length, 1);
  assert(!JSON.stringify(odd).includes(secret));
});

Deno.test("a secret variable that is wrong is not shown either", () => {
  const environment = { OCPP_EMU_SERVER__API_TOKEN: "hunter2 hunter2" };
  assert(!errorOf(null, { environment }).message.includes("hunter2"));
  const nested = { OCPP_EMU_CSMS__AUTH: "{ type: basic, password: hunter2: x }" };
  assert(!errorOf(null, { environment: nested }).message.includes("hunter2"));
});
