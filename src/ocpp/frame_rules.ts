import type { Frame } from "./frames.ts";
import type { ErrorKind, VersionId } from "./version.ts";

/** What differs between the versions in how a frame is read. */
export interface FrameRules {
  /** How the specification is cited. */
  readonly document: string;
  /** By message type number. */
  readonly types: ReadonlyMap<unknown, Frame["type"]>;
  /** The answer to what has no readable type or id; `null`: none. */
  readonly unreadable: ErrorKind | null;
  /** The answer to a type number that the version does not have; `null`: none. */
  readonly unknownType: ErrorKind | null;
  /** The answer to a frame whose elements are not those of its type. */
  readonly shape: ErrorKind;
  /** Whether `null` is a legal way to write an empty payload. */
  readonly nullPayload: boolean;
  /** Whether a bad CALLRESULT is answered, with a CALLRESULTERROR. */
  readonly answersResults: boolean;
}

const THREE_TYPES = [[2, "call"], [3, "result"], [4, "error"]] as const;
const FIVE_TYPES = [...THREE_TYPES, [5, "result-error"], [6, "send"]] as const;

/** The frame rules of each version. */
export const FRAME_RULES: Readonly<Record<VersionId, FrameRules>> = {
  "1.6": {
    document: "OCPP 1.6-J",
    types: new Map<unknown, Frame["type"]>(THREE_TYPES),
    unreadable: null,
    unknownType: null,
    shape: "FormatViolation",
    nullPayload: true,
    answersResults: false,
  },
  "2.0.1": {
    document: "OCPP 2.0.1 part 4",
    types: new Map<unknown, Frame["type"]>(THREE_TYPES),
    unreadable: "RpcFrameworkError",
    unknownType: "MessageTypeNotSupported",
    shape: "RpcFrameworkError",
    nullPayload: false,
    answersResults: false,
  },
  "2.1": {
    document: "OCPP 2.1 part 4",
    types: new Map<unknown, Frame["type"]>(FIVE_TYPES),
    unreadable: "RpcFrameworkError",
    unknownType: null,
    shape: "RpcFrameworkError",
    nullPayload: false,
    answersResults: true,
  },
};
