/** Vega, run when the first chart that needs it comes into sight. */

export interface EmbeddedView {
  toSVG(): Promise<string>;
  toImageURL(type: "png", scale: number): Promise<string>;
}

export interface Embedded {
  readonly view: EmbeddedView;
  finalize(): void;
}

export type VegaEmbed = (place: HTMLElement, spec: object, options: object) => Promise<Embedded>;

let loading: Promise<VegaEmbed> | undefined;

/** Rejects where the script cannot be had; the next call tries again. */
export function loadVega(): Promise<VegaEmbed> {
  loading ??= addScript().then(
    () => (globalThis as unknown as { vegaEmbed: VegaEmbed }).vegaEmbed,
    (error: unknown) => {
      loading = undefined;
      throw error;
    },
  );
  return loading;
}

/** From the page itself where it carries the text, else from the server. */
function addScript(): Promise<void> {
  const carried = document.getElementById("vega-program")?.textContent;
  const script = document.createElement("script");
  if (carried) {
    script.textContent = carried;
    document.head.append(script);
    return Promise.resolve();
  }
  return new Promise((resolve, reject) => {
    script.nonce = ownNonce;
    script.src = scriptUrl();
    script.onload = () => resolve();
    script.onerror = () => reject(new Error("the server did not give the library that draws it"));
    document.head.append(script);
  });
}

/** A script cannot ask for its nonce later. */
const ownNonce = document.currentScript instanceof HTMLScriptElement ? document.currentScript.nonce : "";

function scriptUrl(): string {
  const url = new URL("vega.js", document.baseURI);
  const token = pageToken();
  if (token !== undefined) url.searchParams.set("token", token);
  return url.href;
}

let token: string | undefined;

/** The token that stood in the address when the page was loaded. */
export function pageToken(): string | undefined {
  token ??= new URLSearchParams(location.search).get("token") ?? undefined;
  return token;
}
