import { html, type Markup } from './markup.js';

/** A JPEG within the page, or an empty frame that says why there is none. */
export const pictureOf = (jpeg: Uint8Array | undefined, alt: string, sidePx: number, without: string): Markup =>
  jpeg
    ? html`<img alt="${alt}" width="${sidePx}" height="${sidePx}" src="data:image/jpeg;base64,${Buffer.from(jpeg).toString('base64')}">`
    : html`<span class="blank" role="img" aria-label="${alt}: ${without}">${without}</span>`;
