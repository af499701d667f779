import assert from "node:assert/strict";
import { deriveProfile, disagreement } from "../../src/config/security.ts";
import { assertProblem, load, problemsOf } from "./helpers.ts";

const AUTHS = ["none", "basic", "bearer"] as const;
const PROFILES = [0, 1, 2, 3] as const;

Deno.test("each profile fits exactly its transport, authentication and certificate", () => {
  // Transport, authentication, client certificate: the derived profile, and those that may be given.
  const table = [
    ["ws", "none", false, 0, [0]],
    ["ws", "basic", false, 1, [1]],
    ["ws", "bearer", false, 0, []],
    ["wss", "none", false, 2, []],
    ["wss", "basic", false, 2, [2]],
    ["wss", "bearer", false, 2, []],
    ["wss", "none", true, 3, [3]],
    ["wss", "basic", true, 3, [3]],
    ["wss", "bearer", true, 3, [3]],
  ] as const;
  assert.equal(table.length, AUTHS.length * 3);
  for (const [scheme, auth, clientCertificate, derived, agreeing] of table) {
    const facts = { wss: scheme === "wss", auth, clientCertificate };
    assert.equal(deriveProfile(facts), derived, JSON.stringify(facts));
    const fits = PROFILES.filter((profile) => disagreement(profile, facts) === null);
    assert.deepEqual(fits, agreeing, JSON.stringify(facts));
  }
});

Deno.test("a profile that does not fit says in one sentence what disagrees", () => {
  assertProblem(
    problemsOf("stations: [{ id: A, security_profile: 2 }]"),
    "stations[0].security_profile",
    /^Must agree with the rest: 2 means wss:\/\/ with Basic authentication, but the URL starts with ws:\/\/$/,
  );
  assertProblem(
    problemsOf("stations: [{ id: A, url: wss://c, security_profile: 3 }]"),
    "stations[0].security_profile",
    /but tls has no client certificate$/,
  );
  assertProblem(
    problemsOf("stations: [{ id: A, security_profile: 1 }]"),
    "stations[0].security_profile",
    /but the type of auth is "none"$/,
  );
});

Deno.test("a profile that is not given is derived", () => {
  const { stations } = load(`
csms: { auth: { type: basic, password: 0123456789abcdef } }
stations:
  - { id: A, auth: { type: none } }
  - { id: B }
  - { id: C, url: wss://csms, security_profile: 2 }
`);
  assert.deepEqual(stations.map(({ securityProfile }) => securityProfile), [0, 1, 2]);
});

Deno.test("TLS on a ws:// URL is refused at the half that is out of line", () => {
  assertProblem(
    problemsOf("stations: [{ id: A, url: ws://c, tls: { enabled: true } }]"),
    "stations[0].url",
    /Must start with wss:\/\/ because tls\.enabled is true/,
  );
  assertProblem(
    problemsOf("stations: [{ id: A, tls: { enabled: true } }]"),
    "stations[0].tls.enabled",
    /the station needs a url that starts with wss:\/\//,
  );
  const two = "csms: { tls: { enabled: true } }\nstations: [{ id: A }, { id: B }]";
  assertProblem(problemsOf(two), "csms.default_url", /wss:\/\/ because tls\.enabled under csms/);
  assertProblem(problemsOf("csms: { tls: { enabled: true } }"), "csms.default_url", /wss:\/\//);
  const own = "csms: { tls: { enabled: true } }\nstations: [{ id: A, url: ws://c }]";
  assertProblem(problemsOf(own), "stations[0].url", /tls\.enabled under csms/);
  load("csms: { tls: { enabled: true } }\nstations: [{ id: A, url: wss://c }]");
  load("csms: { tls: { enabled: true } }\nstations: [{ id: A, tls: { enabled: false } }]");
});

Deno.test("a colon is refused in whatever becomes the Basic user name", () => {
  const basic = "auth: { type: basic, password: 0123456789abcdef }";
  assertProblem(problemsOf(`stations: [{ id: "a:b", ${basic} }]`), "stations[0].id", /user name/);
  assertProblem(
    problemsOf(`csms: { ${basic} }\nfleets: [{ id: "a:{1..2}" }]`),
    "fleets[0].id",
    /:/,
  );
  load(`stations: [{ id: "a:b" }]`);
  load(`stations: [{ id: "a:b", ${basic.replace("basic", "basic, username: u")} }]`);
});
