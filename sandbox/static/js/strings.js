// The page's sentences. All catalogues hold the same keys.
import { EN } from "./strings_en.js";
import { ZH } from "./strings_zh.js";

export const CATALOGUES = { zh: ZH, en: EN };
