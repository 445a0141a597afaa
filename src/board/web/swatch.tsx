/** A run's colour and marker, beside its name. */
export function Swatch({ colour, marker = "" }: { readonly colour: string; readonly marker?: string }) {
  return (
    <svg class="swatch" viewBox="-2 -2 4 4" aria-hidden="true">
      {marker === "" ? (
        <rect x="-2" y="-2" width="4" height="4" rx="1" fill={colour} />
      ) : (
        <path d={marker} transform="scale(1.7)" fill={colour} />
      )}
    </svg>
  );
}
