// The core: Rust compiled to WebAssembly. Imported statically, because a service worker may not import later; started on
// first use, because the popup draws the finished report without it.
import init, * as generated from './core/core.js';
import { api } from './api.js';

/** @type {Promise<typeof generated> | undefined} */
let started;

/** The core, ready to be called. Starts it once; a start that failed is tried again at the next call. */
export function core() {
  started ??= init({ module_or_path: api.runtime.getURL('core/core_bg.wasm') }).then(
    () => generated,
    (error) => {
      started = undefined;
      throw error;
    },
  );
  return started;
}
