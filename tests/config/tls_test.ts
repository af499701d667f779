import assert from "node:assert/strict";
import { SystemClock } from "../../src/clock/mod.ts";
import { generateKeyPairSync } from "node:crypto";
import type { Config, ConfigSources, Problem } from "../../src/config/mod.ts";
import { denoTryTls } from "../../src/config/deno_tls.ts";
import { makeCa } from "../support/certs.ts";
import { assertProblem, load, problemsOf } from "./helpers.ts";

const ca = await makeCa();
const client = await ca.issue({ client: true });
const other = await ca.issue({ client: true });
const expired = await ca.issue({
  client: true,
  notBefore: new Date("2001-01-01"),
  notAfter: new Date("2002-01-01"),
});

const FILES: Readonly<Record<string, string>> = {
  "/etc/emu/ca.pem": ca.certPem,
  "/etc/emu/client.pem": client.certPem,
  "/etc/emu/client.key": client.keyPem,
  "/etc/emu/other.key": other.keyPem,
  "/etc/emu/expired.pem": expired.certPem,
  "/etc/emu/expired.key": expired.keyPem,
};

const SYSTEM = { tryTls: denoTryTls, clock: new SystemClock() };

function station(tls: string, more: Partial<ConfigSources> = {}, files = FILES) {
  const text = `stations:\n  - id: A\n    url: wss://csms\n    tls: { enabled: true, ${tls} }\n`;
  return [text, { ...SYSTEM, ...more, files }] as const;
}

function loadTls(...given: Parameters<typeof station>): Config {
  return load(...station(...given));
}

function problemsOfTls(...given: Parameters<typeof station>): readonly Problem[] {
  return problemsOf(...station(...given));
}

function reasonFor(key: string, content: string, tls = `${key}: file.pem`): string {
  const problems = problemsOfTls(tls, {}, { ...FILES, "/etc/emu/file.pem": content });
  const [problem] = problems.filter(({ path }) => path.endsWith(key));
  return problem?.message ?? assert.fail(JSON.stringify(problems));
}

Deno.test("good files become PEM texts", () => {
  const tls = "ca_cert: ca.pem, client_cert: client.pem, client_key: client.key";
  const { stations: [a], warnings } = loadTls(tls);
  assert.deepEqual(warnings, []);
  assert.match(
    a?.tls.caCert ?? "",
    /^-----BEGIN CERTIFICATE-----\n[^]*-----END CERTIFICATE-----\n$/,
  );
  assert.match(a?.tls.clientCert ?? "", /^-----BEGIN CERTIFICATE-----\n/);
  assert.match(a?.tls.clientKey?.reveal() ?? "", /^-----BEGIN PRIVATE KEY-----\n/);
  assert(!JSON.stringify(a).includes("PRIVATE KEY"));
  assert.equal(a?.securityProfile, 3);
});

Deno.test("a file that cannot be read says why, with its whole path", () => {
  const failing = (thrown: Error) => ({
    readFile: () => {
      throw thrown;
    },
  });
  const reason = (thrown: Error) => problemsOfTls("ca_cert: ca.pem", failing(thrown))[0]?.message;
  assert.equal(
    reason(new Deno.errors.NotFound("x")),
    'Cannot use "/etc/emu/ca.pem": it does not exist',
  );
  assert.match(reason(new Deno.errors.IsADirectory("x")) ?? "", /: it is a folder$/);
  assert.match(reason(new Deno.errors.PermissionDenied("x")) ?? "", /: permission denied$/);
  assert.match(reason(new Deno.errors.NotADirectory("x")) ?? "", /no folder$/);
  assert.match(reason(new Error("disk on fire")) ?? "", /: disk on fire$/);
});

Deno.test("a real folder and a real missing file are told apart", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const real = { readFile: Deno.readTextFileSync, workingFolder: folder };
    assertProblem(problemsOfTls("ca_cert: .", real), "stations[0].tls.ca_cert", /it is a folder/);
    assertProblem(problemsOfTls("ca_cert: no", real), "stations[0].tls.ca_cert", /does not exist/);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("what is not PEM, cut off, or without a certificate is refused with what was found", () => {
  assert.match(reasonFor("ca_cert", "\x30\x82\ufffd"), /it is not PEM, .*DER and PKCS #12/);
  assert.match(reasonFor("ca_cert", ""), /it is not PEM/);
  assert.match(reasonFor("ca_cert", ca.certPem.slice(0, 200)), /cut off, .*END CERTIFICATE/);
  assert.match(
    reasonFor("ca_cert", client.keyPem),
    /it has no certificate, found: PRIVATE KEY$/,
  );
  const pair = "client_cert: file.pem, client_key: client.key";
  assert.match(reasonFor("client_cert", client.keyPem, pair), /no certificate, found: PRIVATE KEY/);
  const swapped = "client_cert: client.pem, client_key: file.pem";
  assert.match(reasonFor("client_key", client.certPem, swapped), /no private key, found: CERT/);
});

Deno.test("bad base64 names the block, what is no certificate inside is told by the runtime", () => {
  const broken = client.certPem.replace(/\nM/, "\n!");
  assert.match(
    reasonFor("ca_cert", ca.certPem + "\n" + broken),
    /block 2 \("CERTIFICATE"\) is not/,
  );
  const empty = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
  assert.match(reasonFor("ca_cert", empty), /BadEncoding/);
  const pair = "client_cert: file.pem, client_key: client.key";
  assert.match(reasonFor("client_cert", empty, pair), /BadEncoding/);
});

Deno.test("an encrypted key says how to decrypt it", () => {
  const encrypted = generateKeyPairSync("ec", {
    namedCurve: "P-256",
    publicKeyEncoding: { type: "spki", format: "pem" },
    privateKeyEncoding: { type: "pkcs8", format: "pem", cipher: "aes-256-cbc", passphrase: "x" },
  }).privateKey;
  const pair = "client_cert: client.pem, client_key: file.pem";
  const says = /encrypted, decrypt it with: openssl pkey -in "\/etc\/emu\/file\.pem" -out /;
  assert.match(reasonFor("client_key", encrypted, pair), says);
  const old = "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: X,00\n\nAAAA\n" +
    "-----END RSA PRIVATE KEY-----\n";
  assert.match(reasonFor("client_key", old, pair), says);
});

Deno.test("a certificate needs its key, and a key its certificate", () => {
  assertProblem(
    problemsOfTls("client_cert: client.pem"),
    "stations[0].tls.client_key",
    /Is missing/,
  );
  assertProblem(
    problemsOfTls("client_key: client.key"),
    "stations[0].tls.client_cert",
    /Is missing/,
  );
});

Deno.test("a key of another certificate is refused", () => {
  assertProblem(
    problemsOfTls("client_cert: client.pem, client_key: other.key"),
    "stations[0].tls.client_key",
    /Cannot use "\/etc\/emu\/other\.key": the key does not belong to the first certificate/,
    { line: 4 },
  );
});

Deno.test("an expired client certificate, or one of the future, is a warning", () => {
  const tls = "client_cert: expired.pem, client_key: expired.key";
  const { warnings } = loadTls(tls);
  assert.deepEqual(warnings, [
    'config.yaml:4: stations[0].tls.client_cert: "/etc/emu/expired.pem" expired at ' +
    "2002-01-01T00:00:00.000Z",
  ]);
  const early = loadTls(tls, { clock: { now: () => Date.parse("2000-01-01") } });
  assert.match(early.warnings[0] ?? "", /is not valid before 2001-01-01/);
});

Deno.test("one file may hold certificate, chain and key, with notes, a BOM and Windows line ends", () => {
  const all = `\ufeffBag Attributes\n${client.certPem}\n${ca.certPem}\n${client.keyPem}`
    .replaceAll("\n", "\r\n");
  const tls = "ca_cert: all.pem, client_cert: all.pem, client_key: all.pem";
  const { stations: [a] } = loadTls(tls, {}, { "/etc/emu/all.pem": all });
  assert.equal(a?.tls.clientCert?.match(/BEGIN CERTIFICATE/g)?.length, 2);
  assert(!a?.tls.clientCert?.includes("PRIVATE"));
});

Deno.test("skipping verification and a client certificate exclude each other, and say what to do", () => {
  assertProblem(
    problemsOfTls("insecure_skip_verify: true, client_cert: client.pem, client_key: client.key"),
    "stations[0].tls.insecure_skip_verify",
    /keep the verification and name .* as ca_cert, or remove client_cert and client_key$/,
  );
});

Deno.test("skipping verification is a warning that names the stations or the default", () => {
  assert.match(loadTls("insecure_skip_verify: true").warnings[0] ?? "", /stations "A"\)$/);
  const [fleet] = load(`
csms: { default_url: wss://c }
fleets: [{ id: "A{1..9}", tls: { enabled: true, insecure_skip_verify: true } }]
`).warnings;
  assert.match(fleet ?? "", /stations "A1", "A2", "A3", "A4", "A5" and 4 more\)$/);
  const [byDefault, ...others] = load(`
csms: { default_url: wss://c, tls: { enabled: true, insecure_skip_verify: true } }
stations: [{ id: A }, { id: B }]
`).warnings;
  assert.match(byDefault ?? "", /^config\.yaml:2: csms\.tls\.insecure_skip_verify: .*default/);
  assert.deepEqual(others, []);
});

Deno.test("TLS settings that enabled: false turns off are a warning, and are not read", () => {
  const [warning, ...others] = load("csms: { tls: { ca_cert: nope.pem } }").warnings;
  assert.match(warning ?? "", /csms\.tls: These settings have no effect while enabled is false/);
  assert.deepEqual(others, []);
  const own = load("stations: [{ id: A, tls: { insecure_skip_verify: true } }]");
  assert.match(own.warnings[0] ?? "", /stations\[0\]\.tls: These settings have no effect/);
  assert.equal(own.stations[0]?.tls.insecureSkipVerify, false);
});

Deno.test("what a station does not say about TLS comes from csms", () => {
  const { stations: [a, b], warnings } = load(
    `
csms: { default_url: wss://c, tls: { ca_cert: ca.pem } }
stations:
  - { id: A, tls: { enabled: true, client_cert: client.pem, client_key: client.key } }
  - { id: B, tls: { enabled: true, ca_cert: "" } }
`,
    { ...SYSTEM, files: FILES },
  );
  assert.deepEqual(warnings, []);
  assert(a?.tls.caCert && a.tls.clientCert);
  assert.equal(b?.tls.caCert, null);
});

Deno.test("a thousand stations with the same settings read each file once and share one object", () => {
  const reads: string[] = [];
  const tried: unknown[] = [];
  const tls = "{ enabled: true, ca_cert: ca.pem, client_cert: client.pem, client_key: client.key }";
  const stations = Array.from({ length: 1000 }, (_, n) => `  - { id: A${n}, tls: ${tls} }`);
  const config = load(
    ["csms:", "  default_url: wss://c", `  tls: ${tls}`, "stations:", ...stations].join("\n"),
    {
      readFile: (path) => {
        reads.push(path);
        return FILES[path] ?? "";
      },
      tryTls: (material) => void tried.push(material),
      clock: new SystemClock(),
    },
  );
  assert.deepEqual(reads.sort(), ["/etc/emu/ca.pem", "/etc/emu/client.key", "/etc/emu/client.pem"]);
  assert.equal(tried.length, 2);
  assert.deepEqual([...new Set(config.stations.map((one) => one.tls))], [config.csms.tls]);
});

Deno.test("a broken file that a thousand stations name is one problem", () => {
  const stations = Array.from(
    { length: 1000 },
    (_, n) => `  - { id: A${n}, url: wss://c, tls: { enabled: true, ca_cert: no.pem } }`,
  );
  assertProblem(
    problemsOf(["stations:", ...stations].join("\n")),
    "stations[0].tls.ca_cert",
    /does not exist/,
    { line: 2 },
  );
});
