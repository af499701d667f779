import type { Payload } from "../../src/ocpp/mod.ts";

/** What a CSMS was told of one transaction. */
export interface Book {
  readonly station: string;
  readonly id: string | number;
  readonly connector: unknown;
  starts: number;
  ends: number;
  reason: unknown;
  /** Every time that was named, in the order in which it came. Milliseconds. */
  readonly times: number[];
  /** Every reading of the import register, in Wh. */
  readonly registers: number[];
  /** 2.x. */
  readonly seqNos: number[];
  /** Periodic readings that were said in its course, and at its end. 1.6 only. */
  periodic: number;
  repeated: number;
}

interface Sampled {
  readonly timestamp: string;
  readonly sampledValue: readonly {
    readonly value: string | number;
    readonly measurand?: string;
    readonly context?: string;
  }[];
}

/** The books of all transactions, in both generations. */
export class Books {
  readonly #books = new Map<string, Book>();
  readonly complaints: string[] = [];
  #lastId = 0;

  get all(): readonly Book[] {
    return [...this.#books.values()];
  }

  complain(station: string, what: string): void {
    this.complaints.push(`${station}: ${what}`);
  }

  /** Enters a message that is new, and answers it. */
  // deno-lint-ignore no-explicit-any -- payloads of four actions in two generations
  enter(station: string, action: string, payload: Payload & Record<string, any>): Payload {
    switch (action) {
      case "StartTransaction": {
        const id = ++this.#lastId;
        const book = this.#open(station, id, payload.connectorId);
        book.starts++;
        book.times.push(Date.parse(payload.timestamp));
        book.registers.push(payload.meterStart);
        return { transactionId: id, idTagInfo: { status: "Accepted" } };
      }
      case "MeterValues": {
        if (payload.transactionId === undefined) return {};
        const book = this.#find(station, payload.transactionId);
        if (book === undefined) return {};
        if (book.ends > 0) this.complain(station, `${book.id} has a reading after its end`);
        book.periodic += this.#read(book, payload.meterValue);
        return {};
      }
      case "StopTransaction": {
        const book = this.#find(station, payload.transactionId);
        if (book === undefined) return {};
        book.ends++;
        book.reason = payload.reason;
        book.repeated += (payload.transactionData ?? []).filter(isPeriodic).length;
        book.times.push(Date.parse(payload.timestamp));
        book.registers.push(payload.meterStop);
        return { idTagInfo: { status: "Accepted" } };
      }
      default:
        return this.#event(station, payload);
    }
  }

  /** What does not add up. */
  audit(): readonly string[] {
    return [...this.complaints, ...this.all.flatMap((book) => faultsOf(book))];
  }

  // deno-lint-ignore no-explicit-any -- as above
  #event(station: string, event: Record<string, any>): Payload {
    const id = event.transactionInfo.transactionId;
    const known = this.#books.get(`${station} ${id}`);
    if (known === undefined && event.eventType !== "Started") {
      this.complain(station, `${event.eventType} of ${id}, which never started`);
    }
    const book = known ?? this.#open(station, id, event.evse?.id);
    if (event.eventType === "Started") book.starts++;
    if (book.ends > 0) this.complain(station, `${event.eventType} of ${id} after its end`);
    if (event.eventType === "Ended") {
      book.ends++;
      book.reason = event.transactionInfo.stoppedReason;
    }
    book.seqNos.push(event.seqNo);
    book.times.push(Date.parse(event.timestamp));
    // The readings of the end repeat those of its course.
    if (event.eventType !== "Ended") this.#read(book, event.meterValue ?? []);
    return { idTokenInfo: { status: "Accepted" } };
  }

  #open(station: string, id: string | number, connector: unknown): Book {
    const other = this.all.find((book) =>
      book.station === station && book.connector === connector && book.ends === 0
    );
    if (other !== undefined && connector !== undefined) {
      this.complain(station, `${id} began on connector ${connector} while ${other.id} ran`);
    }
    const book: Book = {
      ...{ station, id, connector, starts: 0, ends: 0, reason: null },
      ...{ times: [], registers: [], seqNos: [], periodic: 0, repeated: 0 },
    };
    this.#books.set(`${station} ${id}`, book);
    return book;
  }

  #find(station: string, id: string | number): Book | undefined {
    const book = this.#books.get(`${station} ${id}`);
    if (book === undefined) this.complain(station, `something of ${id}, which never started`);
    return book;
  }

  /** How many of the readings are periodic. */
  #read(book: Book, samples: readonly Sampled[]): number {
    for (const { timestamp, sampledValue } of samples) {
      book.times.push(Date.parse(timestamp));
      for (const { value, measurand = REGISTER } of sampledValue) {
        if (measurand === REGISTER) book.registers.push(Number(value));
      }
    }
    return samples.filter(isPeriodic).length;
  }
}

const REGISTER = "Energy.Active.Import.Register";

function isPeriodic({ sampledValue }: Sampled): boolean {
  return sampledValue.some(({ context = "Sample.Periodic" }) => context === "Sample.Periodic");
}

function faultsOf(book: Book): readonly string[] {
  const { station, id, starts, ends, times, registers, seqNos, periodic, repeated } = book;
  const name = `${station}: ${id}`;
  return [
    ...(starts === 1 ? [] : [`${name} started ${starts} times`]),
    ...(ends === 1 ? [] : [`${name} ended ${ends} times`]),
    ...(isSorted(times) ? [] : [`${name} has times that run backwards: ${times}`]),
    ...(isSorted(registers) ? [] : [`${name} has a register that runs backwards: ${registers}`]),
    ...(seqNos.every((seqNo, index) => seqNo === index) ? [] : [`${name} has a gap: ${seqNos}`]),
    ...(seqNos.length > 0 || periodic === repeated
      ? []
      : [`${name} said ${periodic} readings, and ${repeated} at its end`]),
  ];
}

function isSorted(values: readonly number[]): boolean {
  return values.every((value, index) => index === 0 || value >= values[index - 1]!);
}
