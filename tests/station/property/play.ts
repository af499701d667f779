import assert from "node:assert/strict";
import { setImmediate } from "node:timers";
import type { Cancel } from "../../../src/clock/mod.ts";
import { loadVersion, type VersionId } from "../../../src/ocpp/mod.ts";
import type { Deed } from "../../../src/station/driver.ts";
import type { ConnectorStatus } from "../../../src/station/words.ts";
import { type StationHarness, stationHarness } from "../../support/station_harness.ts";
import { WORLD } from "./actions.ts";
import { anyPayload } from "./any_payload.ts";
import { Chance } from "./chance.ts";
import { isLegal } from "./legal_statuses.ts";
import { type Actions, CONNECTORS, type Stage, token } from "./stage.ts";
import { type Tongue, TONGUES } from "./tongue.ts";
import { UnrulyCsms } from "./unruly_csms.ts";

/** So much of what happened last is told when something is wrong. */
const TOLD = 60;

/** As long as it takes until a station that is left in peace has said everything. */
const PEACE_MS = 30 * 60_000;

/** The same, where clocks may have been set by hours. */
const LONG_PEACE_MS = 3 * 3_600_000;

/** One game with a station of one version. */
export interface Rules {
  readonly version: VersionId;
  readonly seed: number;
  readonly steps: number;
}

/**
 * Lets chance play with a station for so many steps, then leaves it in peace, and fails when anything
 * was wrong at any time. The message has the seed and the last steps: the same seed does the same again.
 */
export async function play(rules: Rules): Promise<number> {
  return await told(rules, async (game) => {
    for (let step = 1; step <= rules.steps; step++) await game.step();
    await game.end();
    return game.transactions;
  });
}

/** The same, but the station is stopped in the middle of everything. */
export async function playAndStop(rules: Rules): Promise<void> {
  await told(rules, async (game) => {
    for (let step = 1; step <= rules.steps; step++) await game.step();
    await game.stop();
  });
}

async function told<T>(rules: Rules, run: (game: Game) => Promise<T>): Promise<T> {
  const game = await Game.start(rules);
  try {
    return await run(game);
  } catch (error) {
    const trace = game.trace.slice(-TOLD).join("\n  ");
    const message = error instanceof Error ? error.message : String(error);
    const { version, seed } = rules;
    throw new Error(`${version}, seed ${seed}, step ${game.steps}: ${message}\n  ${trace}`, {
      cause: error,
    });
  }
}

class Game {
  readonly trace: string[] = [];
  steps = 0;
  readonly #harness: StationHarness;
  readonly #csms: UnrulyCsms;
  readonly #stage: Stage;
  readonly #tongue: Tongue;
  readonly #actions: Actions;
  readonly #deeds = new Map<number, string>();
  readonly #rejected: string[] = [];
  readonly #statuses = new Map<number, ConnectorStatus>();
  readonly #meters = new Map<number, number>();
  #facts = 0;
  /** Far from those that are called for on purpose. */
  #requests = 1_000_000;
  #linesRead = 0;
  #online = false;
  /** A station that went away comes back. */
  #return: Cancel | null = null;

  static async start({ version, seed }: Rules): Promise<Game> {
    const connectors = Array.from({ length: CONNECTORS }, (_, n) => ({ id: n + 1 }));
    const harness = await stationHarness({ version, seed, station: { connectors } });
    // All is promises here: whatever is ready has run before the next turn of the event loop.
    harness.clock.settle = () => new Promise((resolve) => setImmediate(resolve));
    const chance = new Chance(seed);
    const tongue = TONGUES[version];
    const isClockSteady = seed % 2 === 0;
    const { actions } = await loadVersion(version);
    const csms = new UnrulyCsms(harness, await loadVersion(version), tongue, {
      chance,
      isClockSteady,
    });
    const calls = [...actions.values()].filter(({ from }) => from !== "station")
      .map(({ name }) => name);
    const game = new Game(harness, csms, { version, calls, chance, tongue });
    await game.#prepare();
    return game;
  }

  private constructor(
    harness: StationHarness,
    csms: UnrulyCsms,
    { version, calls, chance, tongue }: {
      readonly version: VersionId;
      /** What a CSMS may call. */
      readonly calls: readonly string[];
      readonly chance: Chance;
      readonly tongue: Tongue;
    },
  ) {
    this.#tongue = tongue;
    this.#actions = [...WORLD, ...tongue.actions];
    this.#harness = harness;
    this.#csms = csms;
    let deeds = 0;
    this.#stage = {
      chance,
      driver: harness.station.driver,
      now: () => harness.clock.now(),
      open: () => csms.ledger.open,
      idToken: () => ({ idToken: token(chance), type: tongue.tokenType }),
      deed: (name, deed) => {
        const id = ++deeds;
        this.#deeds.set(id, name);
        this.trace.push(`deed ${id} ${name}`);
        deed.then((result) => {
          this.#deeds.delete(id);
          this.trace.push(`deed ${id} ${describe(result)}`);
        }, (error) => this.#rejected.push(`${name}: ${error}`));
      },
      call: (action, payload) => {
        this.trace.push(`< ${action} ${JSON.stringify(payload)}`);
        csms.call(action, payload);
      },
      callAnything: () => {
        const action = chance.oneOf(calls);
        const now = harness.clock.now();
        const payload = anyPayload(version, action, { chance, now });
        // Of what is reported the CSMS must know what it belongs to.
        if ("requestId" in payload) payload.requestId = ++this.#requests;
        this.#stage.call(action, payload);
      },
      lose: () => this.#lose(),
      connect: () => this.#connect(),
      pass: async (ms) => {
        this.trace.push(`${ms} ms pass`);
        await harness.clock.advance(ms);
      },
    };
    harness.csms.reconnect = (awayMs) => {
      // As a connection does it: not within the call, and back after a while.
      queueMicrotask(() => void this.#lose());
      this.#return?.();
      this.#return = harness.clock.after(awayMs ?? 0, () => void this.#connect());
      return true;
    };
    const hear = harness.csms.onSent;
    harness.csms.onSent = (text) => {
      this.trace.push(`> ${text}`);
      hear(text);
    };
  }

  /** How many the CSMS was told of. */
  get transactions(): number {
    return this.#csms.ledger.transactions.size;
  }

  async step(): Promise<void> {
    this.steps++;
    this.#csms.stepped();
    await this.#stage.chance.weighted(this.#actions)(this.#stage);
    await this.#harness.clock.settle();
    this.#check();
  }

  /** It ends here and now: no timer may be left. */
  async stop(): Promise<void> {
    await this.#lose();
    this.#csms.hush();
    this.#return?.();
    this.#harness.station.stop();
    // What it was about to remember is written soon.
    await this.#harness.clock.advance(1_000);
    assert.equal(this.#harness.clock.pending, 0, "timers that are left");
  }

  /** Everything is well again, everybody goes home. */
  async end(): Promise<void> {
    const { station } = this.#harness;
    const { deed, driver } = this.#stage;
    this.#csms.calm = true;
    if (!this.#online) await this.#connect();
    await this.#peace();
    for (const { id } of station.connectors()) {
      deed("repair", driver.status(id, { status: "Available" }));
      await this.#harness.clock.advance(60_000);
      deed("stop", driver.stopTransaction(id, {}));
      await this.#harness.clock.advance(60_000);
      deed("leave", driver.unplug(id));
      await this.#harness.clock.advance(60_000);
    }
    await this.#peace();
    assert.deepEqual([...this.#deeds.values()], [], "deeds that are not settled");
    assert.deepEqual(this.#csms.ledger.open, [], "transactions that were never stopped");
    assert.equal(station.line.outbox.size, 0, "messages that were never processed");
    for (const { id, status } of station.connectors()) {
      const spelled = this.#tongue.spell(status);
      assert.equal(this.#csms.ledger.told.get(id), spelled, `what the CSMS knows of ${id}`);
    }
    const started =
      this.#harness.facts.filter((fact) => fact.type === "transaction" && fact.event === "started")
        .length;
    assert.equal(this.transactions, started, "transactions that were told");
    await this.#harness.over();
  }

  async #peace(): Promise<void> {
    const stepMs = (this.#csms.isClockSteady ? PEACE_MS : LONG_PEACE_MS) / 20;
    for (let step = 0; step < 20; step++) {
      this.#csms.stepped();
      await this.#harness.clock.advance(stepMs);
      this.#check();
    }
  }

  async #prepare(): Promise<void> {
    this.#csms.calm = true;
    await this.#connect();
    // Nothing is given up, so nothing may be missing in the end.
    for (const [action, payload] of this.#tongue.patience) {
      this.#csms.call(action, payload);
      await this.#harness.clock.settle();
    }
    this.#csms.calm = false;
  }

  async #lose(): Promise<void> {
    if (!this.#online) return;
    this.trace.push("the connection is lost");
    this.#online = false;
    this.#csms.connectionChanged();
    const lost = this.#harness.lose();
    this.#csms.noteLine();
    await lost;
  }

  async #connect(): Promise<void> {
    if (this.#online) return;
    this.trace.push("there is a connection");
    this.#online = true;
    this.#csms.connectionChanged();
    this.#csms.noteLine();
    const opened = this.#harness.open();
    this.#csms.noteLine();
    await opened;
    this.#csms.noteLine();
  }

  #check(): void {
    const { facts, station, violations, lines } = this.#harness;
    for (; this.#facts < facts.length; this.#facts++) {
      const fact = facts[this.#facts]!;
      if (fact.type !== "connector") continue;
      const { connectorId, from, to } = fact;
      assert.equal(from, this.#statuses.get(connectorId) ?? "Available", `from, ${connectorId}`);
      assert(isLegal(from, to), `connector ${connectorId} went from ${from} to ${to} (1.6 §4.9)`);
      this.#statuses.set(connectorId, to);
    }
    for (const { id, meter, transaction, state } of station.all.values()) {
      const wh = meter?.importWh ?? 0;
      assert(wh >= (this.#meters.get(id) ?? 0), `the meter of connector ${id} ran backwards`);
      this.#meters.set(id, wh);
      const isRunning = ["charging", "suspended-ev", "suspended-evse"].includes(state.phase);
      if (!this.#tongue.isTransactionEnergy) continue;
      assert.equal(transaction !== null, isRunning, `connector ${id} is ${state.phase}`);
    }
    assert.deepEqual(this.#csms.violations, [], "what the CSMS saw");
    assert.deepEqual(violations, [], "schemas");
    assert.deepEqual(this.#rejected, [], "deeds that were rejected");
    assert.deepEqual(this.#csms.unanswered, [], "CALLs without an answer");
    const waiting = this.#online ? [] : [...this.#deeds.values()];
    assert.deepEqual(waiting, [], "deeds that wait for a CSMS that is not there");
    for (; this.#linesRead < lines.length; this.#linesRead++) {
      const line = lines[this.#linesRead]!;
      assert(!line.includes('"level":"error"') && !line.includes("Cannot answer CALL"), line);
    }
  }
}

function describe(deed: Deed): string {
  return deed.kind === "refused" ? `refused: ${deed.reason}` : deed.kind;
}
