/** How much is measured. Sizes are numbers of stations. */
export interface Plan {
  /** At which sizes connecting, booting and memory are measured; the first is the smallest. */
  readonly sizes: readonly number[];
  /** Between which of them a station's memory is told. */
  readonly slope: readonly [number, number];
  /** Where ocpp-rpc's client can follow. */
  readonly mostRpc: number;
  /** How often everything is repeated, taking turns. */
  readonly rounds: number;
  /** How often the program is started; the first does not count, unless it is the only one. */
  readonly starts: number;
  /** Measured for `ms` after `warmUpMs`, within which the compilers do their work. */
  readonly roundTrips: {
    readonly sizes: readonly number[];
    readonly warmUpMs: number;
    readonly ms: number;
  };
  /** Measured for `idleMs`, once the memory that the start took has been given back. */
  readonly idleAfterMs: number;
  readonly idleMs: number;
  readonly recoveries: number;
  /** The first wait after a lost connection, as config.yaml writes it. */
  readonly backoff: string;
  /** Stations of 2.x beside those of 1.6, from one size to the other; none when `rounds` is 0. */
  readonly versions: { readonly sizes: readonly [number, number]; readonly rounds: number };
  /** Each station is cut off once in `everyMs`, for `ms`; none when `ms` is 0. */
  readonly soak: { readonly size: number; readonly everyMs: number; readonly ms: number };
  /** How long a process rests before its memory is read. */
  readonly restMs: number;
}

/** All figures; below 10 minutes on 2 cores. */
export const FULL: Plan = {
  sizes: [100, 1_000, 5_000, 10_000],
  slope: [1_000, 10_000],
  mostRpc: 1_000,
  rounds: 3,
  starts: 6,
  roundTrips: { sizes: [1, 100, 1_000], warmUpMs: 2_500, ms: 1_200 },
  idleAfterMs: 30_000,
  idleMs: 60_000,
  recoveries: 2,
  backoff: "10s",
  versions: { sizes: [1_000, 3_000], rounds: 1 },
  soak: { size: 1_000, everyMs: 6_000, ms: 60_000 },
  restMs: 2_000,
};

/** What a change did, within a few minutes: a tenth of the stations. */
export const QUICK: Plan = {
  ...FULL,
  sizes: [100, 1_000],
  slope: [100, 1_000],
  rounds: 2,
  starts: 4,
  roundTrips: { sizes: [1, 100], warmUpMs: 2_500, ms: 1_000 },
  idleMs: 60_000,
  recoveries: 1,
  backoff: "2s",
  versions: { sizes: [100, 1_000], rounds: 1 },
  soak: { size: 200, everyMs: 3_000, ms: 15_000 },
};

/** Whether the benchmark still runs, within seconds; its figures mean nothing. */
export const TINY: Plan = {
  ...QUICK,
  sizes: [5, 10],
  slope: [5, 10],
  mostRpc: 0,
  rounds: 1,
  starts: 1,
  roundTrips: { sizes: [2], warmUpMs: 50, ms: 200 },
  idleAfterMs: 0,
  idleMs: 300,
  backoff: "200ms",
  versions: { sizes: [5, 10], rounds: 0 },
  soak: { size: 10, everyMs: 500, ms: 900 },
  restMs: 0,
};
