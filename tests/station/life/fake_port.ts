import type { Car } from "../../../src/station/energy/car.ts";
import type { LifePort, LivingConnector } from "../../../src/station/life/port.ts";
import type { ConnectorStatus, IdToken } from "../../../src/station/words.ts";

/** What can be refused. */
export type Deed = "plug" | "authorize" | "unplug" | "fault" | "clearFault";

/** A station that does what it is told, and notes it with the simulated time. */
export class FakePort implements LifePort {
  booted = true;
  /** A deed with a reason here is refused. */
  readonly refuses: Partial<Record<Deed, string>> = {};
  /** Like `12.5s 1 plug`. */
  readonly deeds: string[] = [];
  readonly cars: Car[] = [];
  readonly tokens: IdToken[] = [];
  readonly #time: () => number;
  readonly #statuses = new Map<number, ConnectorStatus>();
  readonly #authorized = new Set<number>();

  constructor(time: () => number, connectors = 1) {
    this.#time = time;
    for (let id = 1; id <= connectors; id++) this.#statuses.set(id, "Available");
  }

  connectors(): LivingConnector[] {
    return Array.from(
      this.#statuses,
      ([id, status]) => ({ id, type: "Type2", maxPower: 22_000, status }),
    );
  }

  status(id: number): ConnectorStatus {
    return this.#statuses.get(id)!;
  }

  set(id: number, status: ConnectorStatus): void {
    this.#statuses.set(id, status);
  }

  plug(id: number, car: Car): Promise<string | null> {
    this.cars.push(car);
    return this.#do(
      "plug",
      id,
      () => this.set(id, this.#authorized.has(id) ? "Charging" : "Preparing"),
    );
  }

  authorize(id: number, idToken: IdToken): Promise<string | null> {
    this.tokens.push(idToken);
    return this.#do("authorize", id, () => {
      const status = this.status(id);
      if (status === "Available") this.#authorized.add(id);
      else this.set(id, status === "Preparing" ? "Charging" : "Finishing");
    });
  }

  unplug(id: number): Promise<string | null> {
    return this.#do("unplug", id, () => {
      this.#authorized.delete(id);
      this.set(id, "Available");
    });
  }

  fault(id: number, errorCode: string): Promise<string | null> {
    return this.#do("fault", id, () => this.set(id, "Faulted"), errorCode);
  }

  clearFault(id: number): Promise<string | null> {
    return this.#do("clearFault", id, () => this.set(id, "Available"));
  }

  #do(deed: Deed, id: number, act: () => void, detail = ""): Promise<string | null> {
    const reason = this.refuses[deed] ?? null;
    const note = `${(this.#time() / 1000).toFixed(1)}s ${id} ${deed} ${detail}`.trim();
    this.deeds.push(reason === null ? note : `${note} (refused)`);
    if (reason === null) act();
    return Promise.resolve(reason);
  }
}
