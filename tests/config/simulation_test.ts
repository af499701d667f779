import assert from "node:assert/strict";
import { stationSchema } from "../../src/config/mod.ts";
import { assertProblem, load, problemsOf } from "./helpers.ts";

Deno.test("a station takes over what its simulation leaves out, key by key", () => {
  const { simulation, stations: [a, b] } = load(`
simulation: { speed: 10, cars: true, arrival: 5m, id_tokens: [X, Y], fault_every: 24h }
stations:
  - { id: A, simulation: { speed: 2, stay: 90s, fault_every: 0 } }
  - { id: B }
`);
  assert.deepEqual(a?.simulation, {
    speed: 2,
    cars: true,
    arrivalMs: 300_000,
    stayMs: 90_000,
    idTokens: ["X", "Y"],
    seed: 0,
    faultEveryMs: 0,
    faultDurationMs: 120_000,
  });
  assert.equal(b?.simulation, simulation, "the same object, since 10,000 may take it over");
});

Deno.test("the stations of a fleet with a simulation of its own share one object", () => {
  const { stations } = load("fleets: [{ id: 'A{1..3}', simulation: { cars: true, seed: 7 } }]");
  assert.equal(new Set(stations.map(({ simulation }) => simulation)).size, 1);
  assert.equal(stations[2]?.simulation.seed, 7);
});

Deno.test("the environment sets the simulation of all stations", () => {
  const { simulation } = load(null, {
    environment: {
      OCPP_EMU_SIMULATION__CARS: "true",
      OCPP_EMU_SIMULATION__ARRIVAL: "30s",
      OCPP_EMU_SIMULATION__ID_TOKENS: '["0042", B]',
    },
  });
  assert.deepEqual(
    [simulation.cars, simulation.arrivalMs, simulation.idTokens],
    [true, 30_000, ["0042", "B"]],
  );
});

Deno.test("wrong values and unknown keys of a simulation are named with their place", () => {
  const cases: [text: string, key: string, message: RegExp][] = [
    ["arrival: 20", "arrival", /duration from 1s to 365d, found: 20 \(write 20s/],
    ["arrival: 0", "arrival", /duration from 1s/],
    ["stay: 1ms", "stay", /duration from 1s/],
    ["fault_every: -1s", "fault_every", /duration from 1s to 3650d or 0/],
    ["id_tokens: []", "id_tokens", /list of 1 to 1000 entries, found: 0/],
    ["id_tokens: [0042]", "id_tokens[0]", /found: 42 \(quote it\)/],
    ["seed: 1.5", "seed", /whole number from 0/],
    ["cars: 5", "cars", /true or false/],
    ["arival: 5m", "arival", /the nearest known one is "arrival"/],
  ];
  for (const [text, key, message] of cases) {
    assertProblem(problemsOf(`simulation: { ${text} }`), `simulation.${key}`, message);
    assertProblem(
      problemsOf(`stations: [{ id: A, simulation: { ${text} } }]`),
      `stations[0].simulation.${key}`,
      message,
    );
  }
});

Deno.test("over HTTP an unknown key of a simulation is named in camelCase", () => {
  const { error } = stationSchema.safeParse({ id: "A", simulation: { id_tokens: ["X"] } });
  assert.deepEqual(error?.issues.map(({ path, message }) => [path, message]), [
    [["simulation"], 'Unknown key "id_tokens": the nearest known one is "idTokens"'],
  ]);
});

Deno.test("tokens that a version cannot carry are refused where cars present them (1.6 §7.28)", () => {
  const token = "x".repeat(21);
  assertProblem(
    problemsOf(`simulation: { cars: true, id_tokens: [${token}] }\nstations: [{ id: A }]`),
    "simulation.id_tokens",
    /at most 20 characters each in OCPP 1\.6, found: 21/,
  );
  assertProblem(
    problemsOf(`stations: [{ id: A, simulation: { cars: true, id_tokens: [${token}] } }]`),
    "stations[0].simulation.id_tokens",
    /1\.6/,
  );
  load(`simulation: { id_tokens: [${token}] }\nstations: [{ id: A }]`);
  load(
    `simulation: { cars: true, id_tokens: [${token}] }\n` +
      "stations: [{ id: A, protocol_version: 2.0.1 }]",
  );
});
