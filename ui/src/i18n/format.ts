import { useMemo } from "react";
import { useTranslation } from "react-i18next";
import type { Money } from "../api/types.ts";
import { useZone } from "../session/current.ts";

const AGO: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3_600],
  ["minute", 60],
  ["second", 1],
];

function coins(locale: string, currency: string, maximumFractionDigits?: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    style: "currency",
    currency,
    currencyDisplay: "narrowSymbol",
    maximumFractionDigits,
  });
}

/** Numbers, money and times as people of one language read them; days and hours in the shop's zone. */
export function formatter(language: string, zone: string) {
  const locale = language === "en" ? "en-GB" : language;
  const plain = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });
  const part = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 0 });
  const dates = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: zone, ...options });
    return (at: string | number | Date) => format.format(new Date(at));
  };
  const ago = new Intl.RelativeTimeFormat(locale, { numeric: "auto", style: "short" });
  return {
    number: (value: number) => plain.format(value),
    percent: (share: number) => part.format(share),
    money: ({ amount, currency }: Money) => coins(locale, currency).format(Number(amount)),
    /** For headlines: nobody reads the pence of a thousand pounds. */
    sum: ({ amount, currency }: Money) =>
      coins(locale, currency, Math.abs(Number(amount)) >= 1_000 ? 0 : undefined).format(Number(amount)),
    clock: dates({ hour: "2-digit", minute: "2-digit", second: "2-digit" }),
    /** A moment of this machine's clock, which in a demo is not the shop's. */
    here: (at: number) => new Date(at).toLocaleTimeString(locale),
    minute: dates({ hour: "2-digit", minute: "2-digit" }),
    day: dates({ weekday: "long", day: "numeric", month: "long", year: "numeric" }),
    date: dates({ day: "numeric", month: "short", year: "numeric" }),
    moment: dates({ day: "numeric", month: "short", hour: "2-digit", minute: "2-digit" }),
    full: dates({ dateStyle: "full", timeStyle: "long" }),
    dayKey: dates({ year: "numeric", month: "2-digit", day: "2-digit" }),
    /** How long before `now` it was, in the largest unit that says something. */
    ago: (at: string, now: string | number) => {
      const seconds = Math.round((new Date(at).getTime() - new Date(now).getTime()) / 1_000);
      const [unit, size] = AGO.find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
      return ago.format(Math.trunc(seconds / size), unit as Intl.RelativeTimeFormatUnit);
    },
  };
}

export type Format = ReturnType<typeof formatter>;

export function useFormat(): Format {
  const { i18n } = useTranslation();
  const zone = useZone();
  return useMemo(() => formatter(i18n.language, zone), [i18n.language, zone]);
}

/** `{count, formatted}` for plural texts: the form follows the number, the digits follow the language. */
export function counted(format: Format, count: number): { count: number; formatted: string } {
  return { count, formatted: format.number(count) };
}
