import { Cell, FORGETFUL, type Remembering } from "../memory/cell.ts";
import { type ProfileUpdate, updated } from "./dynamic.ts";
import type { TransactionFacts } from "../spoken.ts";
import type {
  ChargingProfile,
  ChargingSchedule,
  InstalledProfile,
  ProfilePurpose,
} from "./profile.ts";
import { profileFault, type ProfileLimits } from "./profile_fault.ts";

/** What the rules of {@link Profiles.install} depend on. */
export interface InstallFacts {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly limits: ProfileLimits;
  /** What runs on the connector. */
  readonly transaction: TransactionFacts | null;
}

/** Which profiles {@link Profiles.clear} means. What is absent matches all. */
export interface ClearCriteria {
  /** With an id the others do not matter (1.6 §6.13, 2.x K10.FR.03). */
  readonly id?: number;
  /** 0: those of the station and of every connector. */
  readonly connectorId?: number;
  readonly purpose?: ProfilePurpose;
  readonly stackLevel?: number;
}

/** A limit that comes neither from the CSMS nor from the station. */
export interface ExternalLimit {
  /** ChargingLimitSourceEnumType of 2.x: `EMS`, `SO`, `Other`, … */
  readonly source: string;
  readonly purpose: "ChargingStationExternalConstraints" | "LocalGeneration";
  /** The first counts. */
  readonly schedules: readonly ChargingSchedule[];
}

const EXTERNAL: ProfilePurpose = "ChargingStationExternalConstraints";
const NONE: readonly InstalledProfile[] = [];

/** The charging profiles of a station (1.6 §3.13, 2.x part 2 K). Costs nothing until one is installed. */
export class Profiles {
  readonly #kept: Cell<readonly InstalledProfile[]>;
  /** The last AFRRSignal of the CSMS (2.1 Q07). The next comes within seconds: nobody remembers it. */
  signal = 0;

  constructor(memory: Remembering = FORGETFUL) {
    this.#kept = new Cell(memory, "profiles", NONE);
  }

  /** All there are, to reckon with: another array after every change. */
  get installed(): readonly InstalledProfile[] {
    return this.#kept.value;
  }

  /** Those that are or will be valid, of one connector (0: the station's and every connector's) or of all. */
  list(at: number, connectorId?: number): readonly InstalledProfile[] {
    this.#dropExpired(at);
    if (connectorId === undefined) return this.installed;
    return this.installed.filter((installed) => installed.connectorId === connectorId);
  }

  /**
   * Installs a profile in place of those with its id, and of the one with its purpose and stack level
   * on the connector (1.6 §3.13.2, §5.16). `null`: it is in force; else one sentence that says why not.
   */
  install(connectorId: number, profile: ChargingProfile, facts: InstallFacts): string | null {
    this.#dropExpired(facts.at);
    const { id, purpose, stackLevel } = profile;
    const kept = this.installed.filter(({ profile: other, connectorId: on }) =>
      other.id !== id &&
      !(on === connectorId && other.purpose === purpose && other.stackLevel === stackLevel)
    );
    const most = facts.limits.maxInstalled;
    const fault = profileFault(profile, facts.limits, facts.at) ??
      placeFault(connectorId, profile, facts.transaction) ??
      (this.#isForeign(profile) ? "has the id of an external constraint" : null) ??
      (kept.length < most ? null : `is one more than the ${most} that the station takes`);
    if (fault !== null) {
      return `Cannot install charging profile ${id} on connector ${connectorId}: it ${fault}`;
    }
    this.#kept.value = [...kept, { connectorId, installedAt: facts.at, profile }];
    return null;
  }

  /**
   * Takes profiles away, and answers how many. What somebody beside the CSMS said is not the CSMS's to
   * clear, and external constraints go only when their purpose is named (2.x K10.FR.06).
   */
  clear(criteria: ClearCriteria, at: number): number {
    this.#dropExpired(at);
    return this.#drop((installed) => isMeant(installed, criteria));
  }

  /**
   * What somebody beside the CSMS lets flow (2.x K11, K12), or generates on the spot (2.1 K27), in place
   * of what the same one said before. Its id is the station's: below 0, where no CSMS has any.
   */
  setExternal(connectorId: number, external: ExternalLimit, at: number): void {
    const { source, purpose, schedules } = external;
    this.clearExternal(source, connectorId, purpose);
    const id = Math.min(0, ...this.installed.map(({ profile }) => profile.id)) - 1;
    const profile: ChargingProfile = {
      id,
      stackLevel: 0,
      purpose,
      kind: "Absolute",
      recurrency: null,
      validFrom: null,
      validTo: null,
      transactionId: null,
      schedules,
    };
    this.#kept.value = [...this.installed, { connectorId, installedAt: at, source, profile }];
  }

  /** It says nothing any longer (2.x K13). `null` as connector: anywhere. Answers how many went. */
  clearExternal(source: string, connectorId: number | null, purpose?: ProfilePurpose): number {
    return this.#drop((one) =>
      one.source === source && (connectorId ?? one.connectorId) === one.connectorId &&
      (purpose ?? one.profile.purpose) === one.profile.purpose
    );
  }

  /** Gives a Dynamic profile a new limit (2.1 K28). `false`: there is none with this id. */
  update(id: number, update: ProfileUpdate, at: number): boolean {
    return this.#change(({ profile }) => profile.id === id && profile.kind === "Dynamic", (one) => {
      return updated(one, update, at);
    });
  }

  /**
   * Gives the transaction on a connector priority, or takes it away (2.1 K21). `false`: no profile says
   * what that means there.
   */
  prioritize(connectorId: number, isActive: boolean): boolean {
    return this.#change(
      ({ profile, connectorId: on }) =>
        profile.purpose === "PriorityCharging" && (on === 0 || on === connectorId),
      (one) => {
        const others = one.activeOn?.filter((id) => id !== connectorId) ?? [];
        return { ...one, activeOn: isActive ? [...others, connectorId] : others };
      },
    );
  }

  /** Takes the profiles of the transaction away that has ended on a connector (1.6 §3.13.1). */
  transactionEnded(connectorId: number): void {
    this.prioritize(connectorId, false);
    this.#drop((installed) =>
      installed.connectorId === connectorId && installed.profile.purpose === "TxProfile"
    );
  }

  /** External constraints have their ids from the station (2.x K01.FR.05). */
  #isForeign({ id, purpose }: ChargingProfile): boolean {
    return purpose !== EXTERNAL &&
      this.installed.some(({ profile }) => profile.id === id && profile.purpose === EXTERNAL);
  }

  #dropExpired(at: number): void {
    this.#drop(({ profile }) => profile.validTo !== null && profile.validTo <= at);
  }

  /** Whether there was anything to change. */
  #change(
    isMeant: (installed: InstalledProfile) => boolean,
    change: (installed: InstalledProfile) => InstalledProfile,
  ): boolean {
    if (!this.installed.some(isMeant)) return false;
    this.#kept.value = this.installed.map((one) => isMeant(one) ? change(one) : one);
    return true;
  }

  #drop(isOver: (installed: InstalledProfile) => boolean): number {
    const kept = this.installed.filter((installed) => !isOver(installed));
    const dropped = this.installed.length - kept.length;
    if (dropped > 0) this.#kept.value = kept.length === 0 ? NONE : kept;
    return dropped;
  }
}

function isMeant(
  { connectorId, profile, source }: InstalledProfile,
  criteria: ClearCriteria,
): boolean {
  const { purpose, stackLevel } = criteria;
  if (source !== undefined) return false;
  if (purpose === undefined && profile.purpose === EXTERNAL) {
    return false;
  }
  if (criteria.id !== undefined) return profile.id === criteria.id;
  return (criteria.connectorId ?? connectorId) === connectorId &&
    (purpose ?? profile.purpose) === profile.purpose &&
    (stackLevel ?? profile.stackLevel) === profile.stackLevel;
}

/** What is wrong with a profile on this connector, in words that follow "it"; `null`: nothing. */
function placeFault(
  connectorId: number,
  { purpose, transactionId }: ChargingProfile,
  transaction: TransactionFacts | null,
): string | null {
  if (purpose === "ChargingStationMaxProfile" && connectorId !== 0) {
    return "limits the whole station, which is connector 0";
  }
  if (purpose !== "TxProfile") return null;
  if (connectorId === 0) return "is for a transaction, and connector 0 has none";
  if (transaction === null) return "is for a transaction, and none is running there";
  const { id, csmsId } = transaction;
  if (transactionId === null || transactionId === id || transactionId === csmsId) return null;
  return `is for transaction "${transactionId}", but "${csmsId ?? id}" is running there`;
}
