import * as z from "zod";
import { choice, mapping, mustBe, number, text, whole } from "../config/mod.ts";
import type { Payload, v16 } from "../ocpp/mod.ts";
import type { CarInput, ConnectorStatus, IdToken, StopReason } from "../station/mod.ts";

/** The words of a type as a list, checked to be all of them. */
function wordsOf<Word extends string>(words: Readonly<Record<Word, true>>): [Word, ...Word[]] {
  return Object.keys(words) as [Word, ...Word[]];
}

const STATUSES = wordsOf<ConnectorStatus>({
  Available: true,
  Preparing: true,
  Charging: true,
  SuspendedEV: true,
  SuspendedEVSE: true,
  Finishing: true,
  Reserved: true,
  Unavailable: true,
  Faulted: true,
});

/** ChargePointErrorCode (1.6 §7.6). */
const ERROR_CODES = wordsOf<v16.StatusNotificationRequest["errorCode"]>({
  NoError: true,
  ConnectorLockFailure: true,
  EVCommunicationError: true,
  GroundFailure: true,
  HighTemperature: true,
  InternalError: true,
  LocalListConflict: true,
  OtherError: true,
  OverCurrentFailure: true,
  OverVoltage: true,
  PowerMeterFailure: true,
  PowerSwitchFailure: true,
  ReaderFailure: true,
  ResetFailure: true,
  UnderVoltage: true,
  WeakSignal: true,
});

const STOP_REASONS = wordsOf<StopReason>({
  Local: true,
  EVDisconnected: true,
  Remote: true,
  DeAuthorized: true,
  EmergencyStop: true,
  PowerLoss: true,
  Reboot: true,
  SoftReset: true,
  HardReset: true,
  UnlockCommand: true,
  Other: true,
  EnergyLimitReached: true,
  GroundFault: true,
  ImmediateReset: true,
  LocalOutOfCredit: true,
  MasterPass: true,
  OvercurrentFault: true,
  PowerQuality: true,
  SOCLimitReached: true,
  StoppedByEV: true,
  TimeLimitReached: true,
  Timeout: true,
});

/** 1.6 takes 20 characters, 2.0.1 36, 2.1 255: the station knows which it speaks. */
const idTokenText = text(255).transform((idToken): IdToken => ({ idToken, type: "Central" }));
/** The text may be empty: NoAuthorization has none (2.x C02). */
const idTokenMapping = mapping({ idToken: text(255, 0), type: text(20).default("Central") });
const notAnIdToken = z.never({
  error: ({ input }) => mustBe("a text or a mapping of idToken and type", input),
});

/** `"04A2B3"`, of type Central, or `{"idToken": "04A2B3", "type": "ISO14443"}`. */
const idToken = z.unknown().transform((given, context): IdToken => {
  const schema = typeof given === "string"
    ? idTokenText
    : isMapping(given)
    ? idTokenMapping
    : notAnIdToken;
  const checked = schema.safeParse(given);
  if (checked.success) return checked.data;
  for (const { path, message } of checked.error.issues) {
    context.addIssue({ code: "custom", path, message });
  }
  return z.NEVER;
});

const stateOfCharge = number({ from: 0, to: 1 });

/** What is not given is as some car has it. Within the bounds of what the station takes for a car. */
const car = mapping({
  batteryWh: number({ from: 100, to: 10_000_000 }).optional(),
  soc: stateOfCharge.optional(),
  targetSoc: stateOfCharge.optional(),
  maxPower: number({ from: 1, to: 10_000_000 }).optional(),
  phases: z.literal([1, 3], { error: ({ input }) => mustBe("1 or 3", input) }).optional(),
  maxDischarge: number({ from: 0, to: 10_000_000 }).optional(),
  minSoc: stateOfCharge.optional(),
  iso15118: z.boolean({ error: ({ input }) => mustBe("true or false", input) }).optional(),
  departsIn: number({ from: 1, to: 31_536_000 }).optional(),
}) satisfies z.ZodType<CarInput>;

/** Which are there is the station's matter; 0 is the station as a whole. */
const connectorId = whole(0, 10_000).optional();

/** Taken as it is, in whatever it holds: its schema is checked when it is sent. */
const payload = z.custom<Payload>(isMapping, {
  error: ({ input }) => mustBe("a mapping", input),
});

function isMapping(given: unknown): boolean {
  return typeof given === "object" && given !== null && !Array.isArray(given);
}

/** The bodies of what a driver, a car or a fault does to a station. */
export const BODIES = {
  plug: mapping({ connectorId, car: car.optional() }),
  unplug: mapping({ connectorId }),
  authorize: mapping({ connectorId, idToken }),
  startTransaction: mapping({ connectorId, idToken: idToken.optional() }),
  stopTransaction: mapping({
    connectorId,
    reason: choice(STOP_REASONS).optional(),
    idToken: idToken.optional(),
  }),
  status: mapping({
    connectorId,
    status: choice(STATUSES),
    errorCode: choice(ERROR_CODES).optional(),
    info: text(50).optional(),
  }),
  call: mapping({ action: text(100), payload: payload.default({}) }),
} as const;
