/** Makes a picture small enough for a slow line: a JPEG, upright, nothing but the picture. */

const QUALITY = 0.8;

/**
 * A picture of at most `longest` pixels a side; the file itself when that is Infinity, when it is no picture this browser knows or would not
 * become smaller.
 */
export async function shrink(file, longest) {
  if (!file.type.startsWith("image/") || longest === Infinity) return file;
  try {
    const picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    const small = await drawn(picture, longest);
    picture.close();
    if (!small || small.size >= file.size) return file;
    return new File([small], file.name.replace(/\.\w+$/, "") + ".jpg", { type: "image/jpeg", lastModified: file.lastModified });
  } catch {
    return file;
  }
}

function drawn(picture, longest) {
  const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  const brush = canvas.getContext("2d");
  // What was see-through would turn black in a JPEG.
  brush.fillStyle = "#fff";
  brush.fillRect(0, 0, canvas.width, canvas.height);
  brush.imageSmoothingQuality = "high";
  brush.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob(resolve, "image/jpeg", QUALITY));
}
