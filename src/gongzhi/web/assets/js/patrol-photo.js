// A photo made small before it is stored: at most 1600 px as JPEG, which also drops all metadata.
const SIDE = 1600;
const MOST = 40 * 1024 * 1024;

export async function shrink(file) {
  if (file.size > MOST) throw new Error("photo_big");
  let image;
  try { image = await createImageBitmap(file, { imageOrientation: "from-image" }); } catch { throw new Error("photo_bad"); }
  const scale = Math.min(1, SIDE / Math.max(image.width, image.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(image.width * scale));
  canvas.height = Math.max(1, Math.round(image.height * scale));
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  image.close();
  const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
  if (!blob) throw new Error("photo_bad");
  return blob;
}
