import type { DerReport, DerStartStop } from "./der/der_controls.ts";
import type { Part } from "./device_model/parts.ts";
import type { DisplayMessage } from "./display/display_message.ts";
import type { PublishStatus } from "./publishing/publications.ts";
import type { ProfileUpdate } from "./smart/dynamic.ts";
import type { InstalledProfile } from "./smart/profile.ts";
import type { StreamData, StreamFacts } from "./streams/streams.ts";
import type { SwapEvent } from "./swap/swaps.ts";

/** One message of a report that the CSMS asked for. */
type ReportPart<Item> = Part<Item> & { readonly requestId: number };

/** What 2.x has words for beyond charging; a version that has none says nothing then. */
export interface SpokenBeyond {
  batterySwap: { event: SwapEvent; answer: void };
  /** Of one place and one source (2.x K09). */
  chargingProfiles: {
    event: ReportPart<InstalledProfile> & { connectorId: number; source: string };
    answer: void;
  };
  /** The lines of a text, cut to what fits (2.x N09). */
  customerInformation: { event: ReportPart<string>; answer: void };
  derControls: { event: ReportPart<DerReport>; answer: void };
  derStartStop: { event: DerStartStop; answer: void };
  displayMessages: { event: ReportPart<DisplayMessage>; answer: void };
  publishFirmwareStatus: {
    event: { status: PublishStatus; requestId: number | null };
    answer: void;
  };
  /** `null`: the CSMS has no update for it. */
  pullProfile: { event: { profileId: number }; answer: ProfileUpdate | null };
  /** A reservation is over that nobody used or cancelled (2.x H04). */
  reservationStatus: {
    event: { reservationId: number; status: "Expired" | "Removed" };
    answer: void;
  };
  streamClosed: { event: { id: number }; answer: void };
  /** Nobody answers it: a SEND. */
  streamData: { event: StreamData; answer: void };
  /** `true`: the CSMS wants it. */
  streamOpened: { event: StreamFacts; answer: boolean };
}
