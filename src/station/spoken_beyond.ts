import type { DerReport, DerStartStop } from "./der/der_controls.ts";
import type { Part } from "./device_model/parts.ts";
import type { DisplayMessage } from "./display/display_message.ts";
import type { PublishStatus } from "./publishing/publications.ts";
import type { ChargingNeeds, ChosenSchedule, NeedsAnswer } from "./smart/needs.ts";
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
  /** What a car needs (2.x K15). */
  chargingNeeds: { event: ChargingNeeds; answer: NeedsAnswer };
  /** What it will take (2.x K15). `true`: the CSMS agrees. */
  chosenSchedule: { event: ChosenSchedule; answer: boolean };
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
  /** A reservation is over that nobody used or cancelled (2.x H04), or that was used for nothing (2.1 H03). */
  reservationStatus: {
    event: { reservationId: number; status: "Expired" | "NoTransaction" | "Removed" };
    answer: void;
  };
  /** A payment terminal booked what a transaction cost (2.1 C21), in the currency of its tariff, taxes included. */
  settlement: {
    event: { transactionId: string; pspRef: string; amount: number; at: number };
    answer: void;
  };
  streamClosed: { event: { id: number }; answer: void };
  /** Nobody answers it: a SEND. */
  streamData: { event: StreamData; answer: void };
  /** `true`: the CSMS wants it. */
  streamOpened: { event: StreamFacts; answer: boolean };
}
