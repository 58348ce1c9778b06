import i18next from "i18next";
import { initReactI18next } from "react-i18next";
import { en } from "./en/index.ts";
import { firstLanguage, isLanguage, type Language, remember } from "./language.ts";

declare module "i18next" {
  interface CustomTypeOptions {
    defaultNS: "translation";
    resources: { translation: typeof en };
  }
}

/** Russian is fetched only by those who read it; English is always there to fall back on. */
const FETCH: Record<Language, () => Promise<object>> = {
  en: async () => en,
  ru: async () => (await import("./ru/index.ts")).ru,
};

export async function startI18n(): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: "en",
    fallbackLng: "en",
    resources: { en: { translation: en } },
    interpolation: { escapeValue: false },
    returnNull: false,
    nsSeparator: false,
  });
  await show(firstLanguage(navigator.languages));
}

/** Switch, and stay with it next time. */
export async function chooseLanguage(language: Language): Promise<void> {
  remember(language);
  await show(language);
}

export async function show(language: Language): Promise<void> {
  if (!i18next.hasResourceBundle(language, "translation")) {
    i18next.addResourceBundle(language, "translation", await FETCH[language]());
  }
  await i18next.changeLanguage(language);
  document.documentElement.lang = language;
}

export function currentLanguage(): Language {
  return isLanguage(i18next.language) ? i18next.language : "en";
}
