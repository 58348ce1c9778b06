import type { Inbox, Mail } from "../src/api/types.ts";
import { ago } from "./shop.ts";

const SUBJECTS = [
  "Thank you, your order 581475 is confirmed",
  "Still thinking about the Regency cakestand 3 tier? It is waiting in your cart",
  "How do you like it?",
  "Welcome to the shop, Анна",
  "We have not seen you for a while",
];
const STARTED = Date.now();

const row = (id: number) => ({
  id,
  received_at: ago(Math.max(0, (500 - id) * 131) + 4, STARTED),
  sender: "shop@example.com",
  recipient: `customer${12_345 + id * 7}@example.com`,
  subject: SUBJECTS[id % SUBJECTS.length] as string,
  preview: "Hello, thank you for your order. We pack it today and tell you as soon as it leaves.",
});

export function inbox(before: number | null): Inbox {
  const newest = 500 + Math.floor((Date.now() - STARTED) / 20_000);
  const top = before === null ? newest : before - 1;
  return { mails: Array.from({ length: 25 }, (_, nth) => row(top - nth)), next: String(top - 24) };
}

export function mail(id: number): Mail {
  return {
    ...row(id),
    html: html(id),
    text: `Hello,\n\nthank you for your order.\nWe pack it today and tell you as soon as it leaves.\n\nThe shop\n\nUnsubscribe: https://shop.example/u/abc`,
    headers: [
      ["From", "The shop <shop@example.com>"],
      ["To", row(id).recipient],
      ["Subject", row(id).subject],
      ["List-Unsubscribe", "<https://shop.example/u/abc>"],
      ["List-Unsubscribe-Post", "List-Unsubscribe=One-Click"],
      ["Message-ID", `<${id}.7f0@example.com>`],
    ],
    links: ["https://shop.example/t/c/abc", "https://shop.example/u/abc"],
  };
}

export function html(id: number): string {
  return `<!doctype html><html><body style="margin:0;background:#f4efe6;font-family:Georgia,serif;color:#2c2a26">
<table width="100%" cellpadding="0" cellspacing="0"><tr><td align="center" style="padding:32px 12px">
<table width="100%" style="max-width:560px;background:#fff;border-radius:12px" cellpadding="32"><tr><td>
<h1 style="font-size:24px;margin:0 0 12px">${row(id).subject}</h1>
<p style="line-height:1.6">Hello, thank you for your order. We pack it today and tell you as soon as it leaves.</p>
<table width="100%" style="border-top:1px solid #e8e0d2;margin-top:16px" cellpadding="10">
<tr><td>Regency cakestand 3 tier × 2</td><td align="right">£25.50</td></tr>
<tr><td>Party bunting × 4</td><td align="right">£19.80</td></tr>
<tr><td><b>Total</b></td><td align="right"><b>£45.30</b></td></tr></table>
<p style="margin:28px 0 0"><a href="https://shop.example/t/c/abc" style="background:#0f6e60;color:#fff;padding:12px 22px;border-radius:8px;text-decoration:none">See your order</a></p>
</td></tr></table><p style="color:#857d6d;font-size:12px">You get this because you ordered. <a href="https://shop.example/u/abc" style="color:#857d6d">Unsubscribe</a></p>
</td></tr></table></body></html>`;
}
