// Times as people say them.
import { spoken } from "../strings";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** How long ago, short: "5m", "3h", "2d", and the day when it is longer than a week. */
export function ago(iso: string, now: number = Date.now()): string {
  const then = new Date(iso);
  const passed = Math.max(0, now - then.getTime());
  if (passed > 7 * DAY) {
    const sameYear = new Date(now).getFullYear() === then.getFullYear();
    const year = sameYear ? {} : ({ year: "numeric" } as const);
    return new Intl.DateTimeFormat(spoken(), { day: "numeric", month: "short", ...year }).format(then);
  }
  const [value, unit] =
    passed < MINUTE
      ? [Math.floor(passed / 1000), "second"]
      : passed < HOUR
        ? [Math.floor(passed / MINUTE), "minute"]
        : passed < DAY
          ? [Math.floor(passed / HOUR), "hour"]
          : [Math.floor(passed / DAY), "day"];
  const style = { style: "unit", unit: unit as string, unitDisplay: "narrow" } as const;
  return new Intl.NumberFormat(spoken(), style).format(value as number);
}

/** The whole date and time. */
export function exact(iso: string): string {
  return new Intl.DateTimeFormat(spoken(), { dateStyle: "long", timeStyle: "short" }).format(new Date(iso));
}

/** The month of a date: when somebody joined. */
export function month(iso: string): string {
  return new Intl.DateTimeFormat(spoken(), { month: "long", year: "numeric" }).format(new Date(iso));
}

/** How long it lasts yet, in the largest unit that fits; null when it is over. */
export function left(iso: string, now: number = Date.now()): string | null {
  const rest = new Date(iso).getTime() - now;
  if (rest <= 0) return null;
  const [size, unit] = rest > DAY ? [DAY, "day"] : rest > HOUR ? [HOUR, "hour"] : [MINUTE, "minute"];
  const format = new Intl.RelativeTimeFormat(spoken(), { numeric: "always" });
  return format.format(Math.max(1, Math.round(rest / (size as number))), unit as Intl.RelativeTimeFormatUnit);
}
