import assert from "node:assert/strict";
import { FakeKept, rosterHarness } from "../../support/roster_harness.ts";

const BASIC = { type: "basic", password: "0123456789abcdef" };

Deno.test("a station that is made is kept before it is answered, connects, and says where it is from", async () => {
  const { roster, fleet, kept, network, done, boot, over } = await rosterHarness();
  assert.deepEqual(await done(roster.create({ id: "CP1", tags: ["a"] })), []);
  assert.deepEqual(kept.load(), [["CP1", { document: { tags: ["a"] } }]]);
  assert.equal(network.last.target.url, "ws://csms.example/CP1");
  assert.deepEqual(fleet.missing(), ["CP1"]);
  await boot();
  assert.deepEqual(fleet.missing(), []);
  assert.equal(fleet.summary("CP1")!.source, "api");
  await over();
});

Deno.test("an id can be taken once, however many ask for it at the same time", async () => {
  const { roster, fleet, kept, clock, over } = await rosterHarness({ stations: [{ id: "CFG" }] });
  const answers = Promise.all([1, 2, 3].map(() => roster.create({ id: "CP1", autoStart: false })));
  await clock.settle();
  assert.deepEqual((await answers).map(({ kind }) => kind), ["done", "refused", "refused"]);
  assert.deepEqual(await roster.create({ id: "CFG" }), {
    kind: "refused",
    reason: 'Cannot make station "CFG": it already exists',
  });
  assert.deepEqual([kept.ids, fleet.size], [["CP1"], 2]);
  await over();
});

Deno.test("what is no station is told with every fault and its key in the API's spelling", async () => {
  const { roster, faults, fleet, kept, over } = await rosterHarness();
  assert.deepEqual(
    await faults(roster.create({
      id: "CP1",
      autoStrat: true,
      auth: { type: "basic", authorizationKey: "xyz" },
      meterValues: { alignedInterval: 30 },
    })),
    [
      "auth.authorizationKey: Must be pairs of hex digits, found: a text of fewer than 16 characters",
      "meterValues.alignedInterval: Must be a duration from 1s to 24h or 0, found: 30 " +
      "(write 30s for seconds, 30ms for milliseconds)",
      ': Unknown key "autoStrat": the nearest known one is "autoStart"',
    ],
  );
  assert.deepEqual(await faults(roster.create({ id: "CP1", securityProfile: 2 })), [
    "securityProfile: Must agree with the rest: 2 means wss:// with Basic authentication, but the URL starts with ws://",
  ]);
  for (const value of ["text", null, [], 7]) {
    assert.match((await faults(roster.create(value)))[0]!, /^: Must be a mapping/);
  }
  assert.deepEqual([fleet.size, kept.writes], [0, 0]);
  await over();
});

Deno.test("references to secrets do not work over HTTP, and no secret is told", async () => {
  const { roster, faults, over } = await rosterHarness();
  for (const password of ["${HOME}", { file: "/etc/shadow" }]) {
    const [fault] = await faults(roster.create({ id: "CP1", auth: { type: "basic", password } }));
    assert.match(fault!, /^auth\.password: .*config\.yaml only$/);
  }
  await over();
});

Deno.test("secrets are taken, kept in plain text on disk, and never given out", async () => {
  const { roster, kept, lines, network, done, over } = await rosterHarness();
  await done(roster.create({ id: "CP1", auth: BASIC }));
  assert.match(kept.texts.get("CP1")!, /0123456789abcdef/);
  assert.match(network.last.target.authorization!.reveal(), /^Basic /);
  assert.deepEqual(roster.definition("CP1"), { id: "CP1", auth: { type: "basic" } });
  assert(!lines.join().includes(BASIC.password));
  await over();
});

Deno.test("a change replaces all but absent secrets; null clears them", async () => {
  const { roster, faults, network, done, over } = await rosterHarness();
  await done(roster.create({ id: "CP1", name: "One", tags: ["a"], auth: BASIC }));
  const dials = network.attempts.length;
  await done(roster.replace("CP1", { tags: ["b"] }));
  assert.deepEqual(roster.definition("CP1"), { id: "CP1", tags: ["b"], auth: { type: "basic" } });
  await done(roster.replace("CP1", { id: "CP1", auth: { type: "basic", username: null } }));
  assert.equal(network.attempts.length, dials, "nothing about the connection changed");
  assert.deepEqual(
    await faults(roster.replace("CP1", { auth: { type: "basic", password: null } })),
    ['auth.password: Is missing: type "basic" needs a password or an authorization key'],
  );
  await done(roster.replace("CP1", { auth: null }));
  assert.equal(network.last.target.authorization, null);
  assert.deepEqual(roster.definition("CP1"), { id: "CP1" });
  await over();
});

Deno.test("a station keeps its id, and one there is not cannot be changed", async () => {
  const { roster, faults, done, over } = await rosterHarness();
  await done(roster.create({ id: "CP1", autoStart: false }));
  assert.deepEqual(await faults(roster.replace("CP1", { id: "CP2" })), [
    'id: Must be "CP1" as in the path, or left out: an id cannot change',
  ]);
  for (const ask of [roster.replace("CP9", {}), roster.remove("CP9"), roster.start("CP9")]) {
    assert.deepEqual(await ask, { kind: "unknown" });
  }
  assert.deepEqual(await roster.clone("CP9", { id: "CP3" }), { kind: "unknown" });
  await over();
});

Deno.test("a removed station is closed, forgotten, and its id is free once it is gone", async () => {
  const { roster, fleet, manager, kept, clock, network, done, boot, over } = await rosterHarness();
  await done(roster.create({ id: "CP1" }));
  const transport = await boot();
  transport.answersClose = false;
  const removed = roster.remove("CP1");
  const again = roster.create({ id: "CP1" });
  await clock.settle();
  assert.deepEqual(transport.closes.map(({ code }) => code), [1000]);
  assert.deepEqual([fleet.size, manager.size, fleet.missing()], [0, 0, []]);
  assert.equal(network.attempts.length, 1, "the socket is not gone yet");
  transport.end();
  await done(removed);
  await done(again);
  assert.equal(network.attempts.length, 2);
  await done(roster.remove("CP1"));
  assert.deepEqual(kept.ids, []);
  await over();
});

Deno.test("stations of config.yaml can be started and stopped, and nothing else", async () => {
  const { roster, refusal, done, over } = await rosterHarness({ stations: [{ id: "CFG" }] });
  assert.equal(
    await refusal(roster.replace("CFG", {})),
    'Cannot change station "CFG": it belongs to config.yaml, change it there and restart',
  );
  assert.match(await refusal(roster.remove("CFG")), /^Cannot delete station "CFG": it belongs to/);
  await done(roster.stop("CFG"));
  await done(roster.start("CFG"));
  await over();
});

Deno.test("who is stopped stays away after a restart, from wherever it is; who is started comes", async () => {
  const stations = [{ id: "CFG" }, { id: "LATE", auto_start: false }];
  const kept = new FakeKept();
  const first = await rosterHarness({ stations, kept });
  await first.done(first.roster.create({ id: "API" }));
  for (const id of ["CFG", "API"]) await first.done(first.roster.stop(id));
  await first.done(first.roster.start("LATE"));
  assert.deepEqual(first.fleet.missing(), ["LATE"]);
  assert.equal(first.fleet.summary("CFG")!.state, "disconnected");
  assert.deepEqual(first.roster.definition("CFG"), { id: "CFG", autoStart: false });
  await first.over();

  const second = await rosterHarness({ stations, kept });
  assert.deepEqual([...second.fleet.ids()], ["CFG", "LATE", "API"]);
  assert.deepEqual(second.fleet.missing(), ["LATE"]);
  assert(second.lines.some((line) => line.includes("stay away") && line.includes("CFG")));
  for (const id of ["CFG", "API"]) await second.done(second.roster.start(id));
  await second.done(second.roster.stop("LATE"));
  assert.deepEqual(
    kept.load(),
    [["API", { document: { autoStart: true } }]],
    "as config.yaml says",
  );
  await second.over();
});

Deno.test("a station of config.yaml comes before a kept one with its id, which waits for its return", async () => {
  const kept = new FakeKept();
  const first = await rosterHarness({ kept });
  await first.done(first.roster.create({ id: "CP1", tags: ["api"], auth: BASIC }));
  await first.over();

  const second = await rosterHarness({ kept, stations: [{ id: "CP1" }] });
  assert.deepEqual(second.fleet.summary("CP1")!.source, "config");
  assert(second.lines.some((line) => /config\.yaml claims.*CP1/.test(line)));
  await second.done(second.roster.stop("CP1"));
  await second.over();

  const third = await rosterHarness({ kept });
  assert.deepEqual(third.fleet.summary("CP1")!.tags, ["api"]);
  assert.deepEqual(third.fleet.missing(), ["CP1"], "what was stopped was the config's");
  await third.over();
});

Deno.test("a kept station that cannot be used now is told, keeps no other away, and can be deleted", async () => {
  const kept = new FakeKept();
  const files = {
    "/etc/emu/ca.pem": "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
  };
  const first = await rosterHarness({ kept, files });
  const tls = { enabled: true, caCert: "ca.pem" };
  await first.done(first.roster.create({ id: "TLS", url: "wss://csms.example", tls }));
  await first.done(first.roster.create({ id: "CP1" }));
  await first.over();

  const second = await rosterHarness({ kept });
  assert.deepEqual([...second.fleet.ids()], ["CP1"]);
  assert(second.lines.some((line) => /TLS/.test(line) && /ca\.pem": it does not exist/.test(line)));
  await second.done(second.roster.remove("TLS"));
  assert.deepEqual(kept.ids, ["CP1"]);
  await second.over();
});

Deno.test("what cannot be kept is not done, and the sentence says why", async () => {
  const { roster, fleet, kept, network, done, refusal, over } = await rosterHarness();
  await done(roster.create({ id: "CP1", tags: ["a"] }));
  const dials = network.attempts.length;
  kept.failure = new Error("the disk is full");
  const asks = () => [
    roster.create({ id: "CP2" }),
    roster.replace("CP1", { url: "ws://other" }),
    roster.remove("CP1"),
    roster.stop("CP1"),
  ];
  for (const ask of asks()) {
    assert.equal(await refusal(ask), "Cannot keep the change over a restart: the disk is full");
  }
  assert.deepEqual([...fleet.ids()], ["CP1"]);
  assert.deepEqual(fleet.summary("CP1")!.tags, ["a"]);
  assert.deepEqual(fleet.missing(), ["CP1"]);
  assert.equal(network.attempts.length, dials);
  kept.failure = null;
  await over();
});

Deno.test("a clone is its original but for what is said otherwise, secrets included", async () => {
  const { roster, faults, network, done, over } = await rosterHarness({
    stations: [{ id: "CFG", vendor: "Acme", auto_start: false, auth: BASIC }],
  });
  await done(roster.clone("CFG", { id: "CP1", autoStart: true, tags: ["c"] }));
  assert.deepEqual(roster.definition("CP1"), {
    id: "CP1",
    vendor: "Acme",
    autoStart: true,
    auth: { type: "basic" },
    tags: ["c"],
  });
  assert.equal(atob(network.last.target.authorization!.reveal().slice(6)), `CP1:${BASIC.password}`);
  await done(roster.clone("CP1", { id: "CP2", auth: null, autoStart: false }));
  assert.equal(roster.definition("CP2")!.auth, undefined);
  assert.match((await faults(roster.clone("CP1", {})))[0]!, /^id: Is missing/);
  await over();
});

Deno.test("an import is all or nothing, and names everything that is wrong", async () => {
  const { roster, faults, fleet, kept, done, over } = await rosterHarness();
  await done(roster.create({ id: "CP1" }));
  assert.deepEqual(
    await faults(roster.import([{ id: "CP2" }, { id: "" }, { id: "CP3", url: "http://csms" }])),
    [
      'stations[1].id: Must be a text of 1 to 255 characters, found: ""',
      'stations[2].url: Must start with ws:// in place of http://, found: "http://csms"',
    ],
  );
  assert.deepEqual(
    await faults(roster.import([{ id: "CP2" }, { id: "CP1" }, { id: "CP2" }, { id: "export" }])),
    [
      'stations[1].id: Must be new, but "CP1": it already exists',
      'stations[2].id: Must be new, but "CP2": it is in the list twice',
      'stations[3].id: Must be new, but "export": the API has a path of that name',
    ],
  );
  assert.deepEqual([...fleet.ids()], ["CP1"]);
  await done(roster.import(Array.from({ length: 450 }, (_, index) => ({ id: `N${index}` }))));
  assert.deepEqual([fleet.size, kept.ids.length, kept.writes], [451, 451, 2]);
  await over();
});

Deno.test("what is exported can be imported elsewhere", async () => {
  const first = await rosterHarness({
    stations: [{ id: "CFG", connectors: [{}, { type: "CCS2" }], meter_values: { interval: "5m" } }],
  });
  await first.done(first.roster.create({ id: "API", simulation: { cars: true, arrival: "1m" } }));
  const definitions = Array.from(first.fleet.ids(), (id) => first.roster.definition(id));
  await first.over();
  const second = await rosterHarness();
  await second.done(second.roster.import(JSON.parse(JSON.stringify(definitions))));
  assert.deepEqual([...second.fleet.ids()].map((id) => second.roster.definition(id)), definitions);
  assert.deepEqual(second.fleet.config("CFG")!.meterValues, first.fleet.config("CFG")!.meterValues);
  await second.over();
});

Deno.test("what is allowed but odd is done and told", async () => {
  const { roster, done, over } = await rosterHarness();
  const warnings = await done(
    roster.create({ id: "CP1", autoStart: false, auth: { type: "basic", password: "short" } }),
  );
  assert.deepEqual(warnings, ["auth.password: OCPP asks for 16 to 20 characters, this has fewer"]);
  await over();
});
