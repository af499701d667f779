import type { v201 } from "../../ocpp/mod.ts";
import type { Reported } from "../device_model/report.ts";
import { says } from "../dialect.ts";
import type { Spoken } from "../spoken.ts";
import { cut } from "../traffic/cut.ts";
import { writeTime } from "../time.ts";
import { writeAddress } from "./component_variable.ts";

/** A part of a report on the device model (B07, B08). */
export const notifyReport = says<"2.0.1", "NotifyReport", Spoken["report"]["event"], void>({
  action: "NotifyReport",
  request: ({ requestId, at, seqNo, isContinued, items }) => ({
    requestId,
    generatedAt: writeTime(at),
    seqNo,
    tbc: isContinued,
    reportData: items.map(reportData),
  }),
  answer() {},
});

/** What a report has room for. */
const LONGEST_VALUE = 2500;
const LONGEST_LIST = 1000;

function reportData(reported: Reported): v201.ReportDataType {
  const { attributes, isPersistent, isConstant, unit, min, max, values } = reported;
  return {
    ...writeAddress(reported),
    variableAttribute: attributes.map(({ type, value, mutability }) => ({
      type,
      ...(value === null ? {} : { value: cut(value, LONGEST_VALUE) }),
      mutability,
      persistent: isPersistent,
      constant: isConstant,
    })),
    variableCharacteristics: {
      dataType: reported.type,
      supportsMonitoring: reported.isMonitored,
      ...(unit === null ? {} : { unit }),
      ...(min === null ? {} : { minLimit: min }),
      ...(max === null ? {} : { maxLimit: max }),
      ...(values === null ? {} : { valuesList: cut(values.join(","), LONGEST_LIST) }),
    },
  };
}
