/* All of the editor but its door, from the inside out: the parts are there when the whole begins. */
import "./draft.js";
import "./compare.js";
import "./loupe.js";
import "./mover.js";
import "./proof.js";
import "./viewbar.js";
import "./stage.js";
import "./strip.js";
import "./photos.js";
import "./expiry.js";
import "./tools.js";
import "./scenes.js";
import "./contact.js";
import "./own_picture.js";
import "./settings.js";
import "./dabs.js";
import "./brush.js";
import "./dock.js";
import "./keys.js";
import "./back.js";
import "../take/rating.js";
import "../take/download.js";
import "../take/zip.js";
import "../take/share.js";
import "../take/recipe.js";
import "../take/more.js";

export { Bench } from "./bench.js";
