import { useTranslation } from "react-i18next";
import type { Words } from "../api/types.ts";
import { currentLanguage } from "./index.ts";

/** `no_consent` -> `no consent`: a code nobody has put into words yet is still readable. */
export function spelled(code: string): string {
  return code.replaceAll("_", " ").replaceAll(".", " ");
}

/** The server's sentence in the language on screen. */
export function said(words: Words | null | undefined): string | undefined {
  return words?.[currentLanguage()] || words?.en || undefined;
}

/** Looks a code up in one of our word lists and falls back to the code itself, spelled out. */
export function useWord(): (list: string, code: string) => string {
  const { i18n } = useTranslation();
  return (list, code) => {
    const key = `${list}.${code}`;
    return i18n.exists(key) ? String(i18n.t(key as never)) : spelled(code);
  };
}
