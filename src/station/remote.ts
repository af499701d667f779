import type { Authorizer } from "./authorizer.ts";
import type { RemoteRefusal, RemoteStart } from "./charger.ts";
import type { Charging } from "./transactions/charging.ts";
import type { Connector } from "./connector.ts";
import type { Tariff } from "./cost/tariff.ts";
import { knownHere } from "./tokens/local_authorization.ts";
import { isMasterPass } from "./tokens/master_pass.ts";
import type { Works } from "./works.ts";

/** Who would charge. */
type Bearer = Pick<RemoteStart, "groupId" | "idToken">;

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

  /** 1.6 §5.11, 2.x F01 and F02. On which connector it will be tried, or why not. */
  start(start: RemoteStart): { readonly connectorId: number } | RemoteRefusal {
    if (!this.#works.line.accepted) return refusal("boot", "The boot is not accepted");
    const connector = start.connectorId === null
      ? this.#choose(start)
      : this.#works.all.get(start.connectorId);
    if (connector === undefined) {
      return start.connectorId === null
        ? refusal("none-free", "No connector is free")
        : refusal("unknown", `There is no connector ${start.connectorId}`);
    }
    const obstacle = this.#obstacle(connector, start);
    if (obstacle !== null) return obstacle;
    this.#works.line.afterwards(() => void this.#begin(connector, start));
    return { connectorId: connector.id };
  }

  /** 1.6 §5.12, 2.x F03. `false`: no such transaction is running. */
  stop(transactionId: string | number): boolean {
    const connector = this.#charging.running(transactionId);
    if (connector === undefined) return false;
    this.#works.line.afterwards(() =>
      void this.#charging.stop(connector, { reason: "Remote", trigger: "RemoteStop" })
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
    const { settings, log } = this.#works;
    let { groupId } = start;
    let tariff: Tariff | null = null;
    // The CSMS made a Central token itself for this start (2.x C05).
    if (settings.get("authorizeRemoteTxRequests") && idToken.type !== "Central") {
      const verdict = await this.#authorizer.ask(idToken, connector.id);
      const isGood = verdict.kind === "accepted";
      if (isGood) {
        groupId = verdict.info.groupId ?? groupId;
        tariff = verdict.tariff ?? null;
      }
      const why = isGood
        ? this.#obstacle(connector, { idToken, groupId })?.why ?? null
        : verdict.kind === "timeout"
        ? verdict.message
        : verdict.reason;
      if (why !== null) {
        log.warn("A remote start comes to nothing", { connector: connector.id, why });
        return;
      }
    }
    void this.#charging.grant(connector, {
      idToken,
      groupId,
      profile,
      tariff,
      remoteStartId,
      remote: true,
    });
  }

  #obstacle(connector: Connector, bearer: Bearer): RemoteRefusal | null {
    const { id, status } = connector;
    const { idToken, groupId } = bearer;
    // A transaction that began without a token waits for one (2.x F01).
    if (connector.isTaken) return refusal("taken", `A transaction runs on connector ${id} already`);
    if (connector.grant !== null) {
      return refusal("taken", `Connector ${id} is granted to somebody already`);
    }
    if (status === "Faulted" || status === "Unavailable") {
      return refusal("out-of-service", `Connector ${id} is ${status}`);
    }
    if (isMasterPass(this.#works, groupId ?? knownHere(this.#works, idToken)?.groupId ?? null)) {
      return refusal("master-pass", `"${idToken.idToken}" is a master pass, and starts nothing`);
    }
    const why = this.#works.reserving.against(connector, idToken, groupId);
    return why === null ? null : refusal("reserved", why);
  }

  /** A connector with a waiting car first, then one that is kept for this token, then a free one. */
  #choose(bearer: Bearer): Connector | undefined {
    const free = [...this.#works.all.values()].filter((connector) =>
      this.#obstacle(connector, bearer) === null
    );
    return free.find(({ status }) => status === "Preparing") ??
      free.find(({ status }) => status === "Reserved") ??
      free.find(({ status }) => status === "Available") ?? free[0];
  }
}

function refusal(obstacle: RemoteRefusal["obstacle"], why: string): RemoteRefusal {
  return { obstacle, why };
}
