import type { Authorizer } from "./authorizer.ts";
import type { RemoteStart } from "./charger.ts";
import type { Charging } from "./charging.ts";
import type { Connector } from "./connector.ts";
import type { IdToken } from "./words.ts";
import type { Works } from "./works.ts";

/** What the CSMS makes a station do about its transactions. */
export class Remote {
  readonly #works: Works;
  readonly #charging: Charging;
  readonly #authorizer: Authorizer;

  constructor(works: Works, charging: Charging, authorizer: Authorizer) {
    this.#works = works;
    this.#charging = charging;
    this.#authorizer = authorizer;
  }

  /** 1.6 §5.11, 2.x F01 and F02. `null`: it will be tried; else why not. */
  start(start: RemoteStart): string | null {
    if (!this.#works.line.accepted) return "The boot is not accepted";
    const connector = start.connectorId === null
      ? this.#choose(start.idToken)
      : this.#works.all.get(start.connectorId);
    if (connector === undefined) {
      return start.connectorId === null
        ? "No connector is free"
        : `There is no connector ${start.connectorId}`;
    }
    const obstacle = this.#obstacle(connector, start.idToken);
    if (obstacle !== null) return obstacle;
    this.#works.line.afterwards(() => void this.#begin(connector, start));
    return null;
  }

  /** 1.6 §5.12, 2.x F03. `false`: no such transaction is running. */
  stop(transactionId: string | number): boolean {
    const connector = this.#charging.running(transactionId);
    if (connector === undefined) return false;
    this.#works.line.afterwards(() =>
      void this.#charging.end(connector, { reason: "Remote", trigger: "RemoteStop" })
    );
    return true;
  }

  /** 1.6 §5.18, 2.x F05. The transaction ends first; then the cable is free. */
  unlock(connectorId: number): "Unlocked" | "UnlockFailed" | "UnknownConnector" {
    const connector = this.#works.all.get(connectorId);
    if (connector === undefined) return "UnknownConnector";
    if (connector.status === "Faulted") return "UnlockFailed";
    this.#works.line.afterwards(() =>
      void this.#charging.end(connector, { reason: "UnlockCommand", trigger: "UnlockCommand" })
    );
    return "Unlocked";
  }

  async #begin(connector: Connector, start: RemoteStart): Promise<void> {
    const { idToken, profile, remoteStartId } = start;
    let groupId: IdToken | null = null;
    if (this.#works.settings.get("authorizeRemoteTxRequests")) {
      const verdict = await this.#authorizer.ask(idToken);
      if (verdict.kind !== "accepted") {
        const why = verdict.kind === "timeout" ? verdict.message : verdict.reason;
        this.#works.log.warn("A remote start comes to nothing", { connector: connector.id, why });
        return;
      }
      groupId = verdict.info.groupId;
      const obstacle = this.#obstacle(connector, idToken, groupId);
      if (obstacle !== null) {
        this.#works.log.warn("A remote start comes to nothing", {
          connector: connector.id,
          why: obstacle,
        });
        return;
      }
    }
    void this.#charging.grant(connector, {
      idToken,
      groupId,
      profile,
      remoteStartId,
      remote: true,
    });
  }

  #obstacle(connector: Connector, idToken: IdToken, groupId: IdToken | null = null): string | null {
    const { id, status } = connector;
    if (connector.transaction !== null) return `A transaction runs on connector ${id} already`;
    if (connector.grant !== null) return `Connector ${id} is granted to somebody already`;
    if (status === "Faulted" || status === "Unavailable") return `Connector ${id} is ${status}`;
    return this.#works.reserving.against(connector, idToken, groupId);
  }

  /** A connector with a waiting car first, then one that is kept for this token, then a free one. */
  #choose(idToken: IdToken): Connector | undefined {
    const free = [...this.#works.all.values()].filter((connector) =>
      this.#obstacle(connector, idToken) === null
    );
    return free.find(({ status }) => status === "Preparing") ??
      free.find(({ status }) => status === "Reserved") ??
      free.find(({ status }) => status === "Available") ?? free[0];
  }
}
