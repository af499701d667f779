import type { Cancel } from "../clock/mod.ts";
import { sharedText } from "../ocpp/mod.ts";
import type { ConnectorStatus, Fault } from "./words.ts";
import type { StatusEvent } from "./spoken.ts";
import type { Works } from "./works.ts";

/** How a connector, or the station, stands. */
export interface Status {
  readonly status: ConnectorStatus;
  readonly fault: Fault | null;
}

/**
 * StatusNotifications: all of them after a boot, then what changes; after a mere reconnect what changed
 * in between (1.6-J §5.4, 2.x B04). A status that lasts less than MinimumStatusDuration is not told.
 */
export class StatusReporter {
  readonly #works: Works;
  /** What the CSMS was told last of the station, as connectors know it of themselves. */
  #told: string | null = null;
  /** Made when something waits for the first time. */
  #waiting: Map<number, Cancel> | null = null;
  /** When the connection was lost, on the monotonic clock; `null`: it was not. */
  #lostAt: number | null = null;

  constructor(works: Works) {
    this.#works = works;
  }

  /** The boot was accepted: everything is told. */
  all(): void {
    this.#told = null;
    for (const connector of this.#works.all.values()) connector.told = null;
    this.changes();
  }

  /** What is not known yet is told. */
  changes(): void {
    this.changed(0);
    for (const id of this.#works.all.keys()) this.changed(id);
  }

  /** There is no connection any longer. */
  lost(): void {
    this.stop();
    this.#lostAt = this.#works.clock.monotonic();
  }

  /** There is a connection again. After a long time 2.x tells everything (B04.FR.01), 1.6 what changed. */
  back(): void {
    const { clock, line, settings } = this.#works;
    const offlineMs = this.#lostAt === null ? 0 : clock.monotonic() - this.#lostAt;
    const isLong = offlineMs > settings.get("offlineThreshold") * 1000;
    this.#lostAt = null;
    if (isLong && line.dialect?.tellsAllAfterOffline) this.all();
    else this.changes();
  }

  /** A connector's status may have changed. */
  changed(id: number): void {
    if (!this.#works.line.online) return;
    const event = this.#event(id);
    const seconds = this.#works.settings.get("minimumStatusDuration");
    // The first status after a boot is no change.
    if (seconds === 0 || this.#toldOf(id) === null) {
      // What a CALL of the CSMS leads to follows its answer, every step of it.
      return this.#works.line.afterwards(() => this.#tellNews(event));
    }
    if (this.#news(event) !== null) this.#tellIn(id, seconds * 1000);
  }

  /** How it stands now, whatever was told (TriggerMessage). */
  repeat(id: number): StatusEvent {
    return this.#event(id);
  }

  stop(): void {
    for (const cancel of this.#waiting?.values() ?? []) cancel();
    this.#waiting = null;
  }

  #tellIn(id: number, ms: number): void {
    const waiting = this.#waiting ??= new Map();
    waiting.get(id)?.();
    const tell = () => {
      waiting.delete(id);
      this.#tellNews(this.#event(id));
    };
    waiting.set(id, this.#works.clock.after(ms, tell));
  }

  #event(connectorId: number): StatusEvent {
    return { connectorId, ...this.#works.status(connectorId), at: this.#works.now() };
  }

  #tellNews(event: StatusEvent): void {
    const news = this.#works.line.online ? this.#news(event) : null;
    if (news !== null) void this.#tell(event, news);
  }

  async #tell(event: StatusEvent, news: string): Promise<void> {
    const { connectorId } = event;
    this.#tells(connectorId, news);
    const said = await this.#works.say("status", event);
    if (said.kind !== "offline" || this.#toldOf(connectorId) !== news) return;
    // What was lost with its connection is told on the next one; what a busy line did not take, soon.
    this.#tells(connectorId, null);
    if (this.#works.line.online) this.#tellIn(connectorId, BUSY_RETRY_MS);
  }

  #toldOf(id: number): string | null {
    return id === 0 ? this.#told : this.#works.all.get(id)?.told ?? null;
  }

  #tells(id: number, news: string | null): void {
    // Most stations say the same: the text is one for all of them.
    const told = news && sharedText(news);
    const connector = this.#works.all.get(id);
    if (id === 0) this.#told = told;
    else if (connector !== undefined) connector.told = told;
  }

  /** What there is to tell; `null`: nothing, or the CSMS knows it. */
  #news(event: StatusEvent): string | null {
    const text = this.#works.line.spell("status", { ...event, at: 0 });
    return text === this.#toldOf(event.connectorId) ? null : text;
  }
}

/** How long a line that took no more is left alone. */
const BUSY_RETRY_MS = 1_000;
