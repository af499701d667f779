import assert from "node:assert/strict";
import { Secret } from "../../src/log/mod.ts";
import { hideSecrets, revealSecrets } from "../../src/config/mod.ts";
import { withoutNulls } from "../../src/config/station_document.ts";
import { load } from "./helpers.ts";

const CONFIG = `
csms:
  default_url: ws://csms.example/ocpp
  strictness: lenient
  tls: { ca_cert: ca.pem }
simulation: { speed: 5 }
`;
const PEM = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";

function read(values: readonly unknown[], text = CONFIG, files: Record<string, string> = {}) {
  return load(text, { files }).reader.read(values, (index) => ["stations", index]);
}

function problemsOf(...given: Parameters<typeof read>) {
  const outcome = read(...given);
  return "problems" in outcome ? outcome.problems : assert.fail("they can be read");
}

function stationsOf(...given: Parameters<typeof read>) {
  const outcome = read(...given);
  return "stations" in outcome ? outcome.stations : assert.fail(JSON.stringify(outcome.problems));
}

Deno.test("a station that is read later is the one that config.yaml would make", () => {
  const [later] = stationsOf([{ id: "CP1", protocolVersion: "2.1", tags: ["a"] }]);
  const [first] = load(
    `${CONFIG}stations: [{ id: CP1, protocol_version: "2.1", tags: [a] }]`,
  ).stations;
  assert.deepEqual(later, first);
  assert.deepEqual([later!.strictness, later!.simulation.speed], ["lenient", 5]);
});

Deno.test("files are looked for where config.yaml lies, and read once for all stations of a request", () => {
  const tls = { enabled: true };
  const values = ["CP1", "CP2"].map((id) => ({ id, url: "wss://csms.example", tls }));
  const [one, two] = stationsOf(values, CONFIG, { "/etc/emu/ca.pem": PEM });
  assert.equal(one!.tls, two!.tls);
  assert.match(one!.tls.caCert!, /AAAA/);
  assert.deepEqual(problemsOf(values), [{
    path: "csms.tls.ca_cert",
    message: 'Cannot use "/etc/emu/ca.pem": it does not exist',
  }]);
});

Deno.test("problems have the spelling of the API, and the place of the station", () => {
  assert.deepEqual(
    problemsOf([{ id: "CP1" }, { id: "CP2", meterValues: { alignedInterval: 1 } }]),
    [
      {
        path: "stations[1].meterValues.alignedInterval",
        message: "Must be a duration from 1s to 24h or 0, found: 1 " +
          "(write 1s for seconds, 1ms for milliseconds)",
      },
    ],
  );
  assert.match(problemsOf([{ id: "CP{1..3}" }])[0]!.message, /^Must be one id/);
});

Deno.test("null counts as not written, and is not kept", () => {
  const [station] = stationsOf([{
    id: "CP1",
    url: null,
    meterValues: { interval: null },
    tags: [],
  }]);
  assert.deepEqual(station!.written, { meterValues: {}, tags: [] });
  assert.equal(station!.url, "ws://csms.example/ocpp");
  const deep = JSON.parse(`${"[".repeat(5_000)}${"]".repeat(5_000)}`);
  assert.equal(withoutNulls([deep]) === null, false, "no value is too deep");
});

Deno.test("what was written is kept without the id, and its secrets cannot be seen", () => {
  const auth = { type: "basic", password: "0123456789abcdef" };
  const [station] = stationsOf([{ id: "CP1", auth }]);
  assert.equal(JSON.stringify(station!.written), '{"auth":{"type":"basic","password":"***"}}');
  assert.deepEqual(revealSecrets(station!.written), { auth });
  assert.deepEqual(stationsOf([{ id: "CP1", ...station!.written }])[0]!.auth, station!.auth);
});

Deno.test("a secret on disk that looks like a reference is a secret all the same", () => {
  const auth = { type: "bearer", token: "${HOME}" };
  assert.match(problemsOf([{ id: "CP1", auth }])[0]!.message, /works in config\.yaml only/);
  const [station] = stationsOf([{ id: "CP1", ...hideSecrets({ auth }) }]);
  assert(station!.auth.type === "bearer" && station!.auth.token instanceof Secret);
  assert.equal(station!.auth.token.reveal(), "${HOME}");
});

Deno.test("stations of config.yaml know what was written of them, and those of a fleet share it", () => {
  const { stations } = load(`
fleets: [{ id: "F{1..2}", count: 2, meter_values: { interval: 5m } }]
stations: [{ id: S, auth: { type: bearer, token: abc } }]
`);
  assert.deepEqual(stations.map(({ written }) => written), [
    { meterValues: { interval: "5m" } },
    { meterValues: { interval: "5m" } },
    { auth: { type: "bearer", token: new Secret("abc") } },
  ]);
  assert.equal(stations[0]!.written, stations[1]!.written);
});

Deno.test("a station that verifies no certificate is warned of, unless none does", () => {
  const tls = { enabled: true, insecureSkipVerify: true };
  const value = { id: "CP1", url: "wss://csms.example", tls };
  const outcome = read([value], "");
  assert.deepEqual("warnings" in outcome && outcome.warnings, [
    "stations[0].tls: The server's certificate is not verified, anyone in between can read and change",
  ]);
});
