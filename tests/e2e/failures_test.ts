import assert from "node:assert/strict";
import { within } from "../support/connection_harness.ts";
import { makeCa } from "../support/certs.ts";
import { Program } from "../support/process.ts";
import { configFor, ready, realCsms, serve, until } from "./support.ts";

Deno.test("a misspelt variable ends with 2 and names the nearest one", async () => {
  const { code, output, complaints } = await Program.run(["serve"], {
    config: configFor("ws://127.0.0.1:9"),
    environment: { OCPP_EMU_SERVER__PROT: "8080" },
  });
  assert.deepEqual([code, output], [2, ""]);
  assert.equal(
    complaints,
    "environment OCPP_EMU_SERVER__PROT: Unknown variable: " +
      'the nearest known one is "OCPP_EMU_SERVER__PORT"',
  );
});

Deno.test("every problem of a config is printed at once, with its line, and ends with 2", async () => {
  const config = `server:
  port: 99999
csms:
  default_url: http://csms
  ping_intervall: 30s
stations:
  - id: CP1
    protocol_version: 3.0
  - id: 007
`;
  const { code, output, complaints } = await Program.run([], { config });
  assert.deepEqual([code, output], [2, ""]);
  const places = complaints.split("\n").map((line) => /config\.yaml:(\d+): (\S+):/.exec(line));
  assert.deepEqual(places.map((place) => [place?.[1], place?.[2]]), [
    ["2", "server.port"],
    ["4", "csms.default_url"],
    ["5", "csms.ping_intervall"],
    ["8", "stations[0].protocol_version"],
    ["9", "stations[1].id"],
  ]);
  assert.match(complaints, /ping_interval"/);
});

Deno.test("a port in use ends with 1 and one sentence", async () => {
  await using csms = await realCsms();
  const config = configFor(csms.url, { server: { port: csms.port } });
  const { code, complaints } = await Program.run(["serve"], { config });
  assert.equal(code, 1);
  assert.equal(
    complaints,
    `Cannot listen on 127.0.0.1:${csms.port}: the address is in use; ` +
      "stop the other program or choose another port (server.port, --port)",
  );
  assert.equal(csms.census().connects, 0);
});

Deno.test("a wrong command ends with 2 and points to the help", async () => {
  const { code, output, complaints } = await Program.run(["sevre"]);
  assert.deepEqual([code, output], [2, ""]);
  assert.match(complaints, /^No such command "sevre": .*\nSee ocpp-emu --help$/);
});

Deno.test("a wrong password is said in words, and the right one is let in", async () => {
  const users = new Map([["CP1", "the right password"]]);
  await using csms = await realCsms({ users });
  const station = (password: string) => ({ id: "CP1", auth: { type: "basic", password } });
  {
    await using program = await serve(csms.url, { stations: [station("a wrong password!")] });
    const line = await program.logged(/^Cannot connect/);
    assert.match(line.message, /refuses the credentials: check auth \(HTTP 401\)$/);
    const { body } = await program.get("/api/connections/CP1");
    assert.match(body.lastError, /^127\.0\.0\.1:\d+ refuses the credentials: .*HTTP 401/);
    const said = program.output.join("\n") + JSON.stringify(body);
    assert(!said.includes("a wrong password!"), "the password stays a secret");
    assert(!said.includes(btoa("CP1:a wrong password!")), "in its other form too");
    assert.equal(await program.stop(), 0);
  }
  await using program = await serve(csms.url, {
    stations: [{ id: "CP1", auth: { type: "basic", password: "${CP1_PASSWORD}" } }],
  }, { environment: { CP1_PASSWORD: "the right password" } });
  assert.equal((await ready(program)).status, 200);
});

Deno.test("TLS with the CA of the CSMS connects, and without it says what is missing", async () => {
  const [ca, other] = [await makeCa(), await makeCa("another CA")];
  const { certPem: cert, keyPem: key } = await ca.issue();
  await using csms = await realCsms({ tls: { cert, key } });
  await using program = await serve(csms.url, {
    csms: { tls: { enabled: true } },
    stations: [
      { id: "KNOWS", tls: { ca_cert: "ca.pem" } },
      { id: "OTHER", tls: { ca_cert: "other.pem" } },
      { id: "TRUSTS", tls: { insecure_skip_verify: true } },
    ],
  }, { files: { "ca.pem": ca.certPem, "other.pem": other.certPem } });
  await until(csms, "two stations", ({ stations }) => stations.size === 2);
  assert.deepEqual([...csms.stations.keys()].sort(), ["KNOWS", "TRUSTS"]);
  const line = await program.logged(/^Cannot connect/, { station: "OTHER" });
  assert.match(line.message, /signed by an unknown CA: give its CA as tls\.ca_cert$/);
  await program.logged(/certificate is not verified.*"TRUSTS"/, { level: "warn" });
  const { body } = await program.get("/api/connections/OTHER");
  assert.match(body.lastError, /unknown CA/);
  assert.equal(await within("the end", program.stop()), 0);
});
