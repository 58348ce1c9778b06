/** The first event in three languages; code is the same for everybody, so it is not translated. */
export const SNIPPETS: readonly { name: string; text: (host: string) => string }[] = [
  {
    name: "curl",
    text: (host) => `curl ${host}/v1/track -u WRITE_KEY: \\
  -H 'Content-Type: application/json' \\
  -d '{"userId": "ann", "event": "Product Viewed",
       "properties": {"product_id": "22423", "name": "Regency cakestand 3 tier", "price": 12.75}}'`,
  },
  {
    name: "JavaScript",
    text: (host) => `import { Analytics } from "@segment/analytics-node";

const shop = new Analytics({ writeKey: "WRITE_KEY", host: "${host}" });
shop.identify({ userId: "ann", traits: { email: "ann@example.com" } });
shop.track({ userId: "ann", event: "Product Viewed",
  properties: { product_id: "22423", name: "Regency cakestand 3 tier", price: 12.75 } });`,
  },
  {
    name: "Python",
    text: (host) => `import segment.analytics as shop

shop.write_key, shop.host = "WRITE_KEY", "${host}"
shop.identify("ann", {"email": "ann@example.com"})
shop.track("ann", "Product Viewed",
           {"product_id": "22423", "name": "Regency cakestand 3 tier", "price": 12.75})
shop.flush()`,
  },
];
