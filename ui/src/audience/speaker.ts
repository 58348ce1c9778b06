import { useTranslation } from "react-i18next";
import { useFormat } from "../i18n/format.ts";
import { useWord } from "../i18n/words.ts";
import type { Speaker } from "./words.ts";

/** What is needed to read a condition out in the language on screen. */
export function useSpeaker(): Speaker {
  const { t } = useTranslation();
  return { t, format: useFormat(), word: useWord() };
}
