/** Exact decimals in integers, as an oracle for PostgreSQL's numeric that shares nothing with it. */
export interface Decimal {
  /** The value times ten to the power of `scale`. */
  units: bigint
  scale: number
}

export function decimal(text: string): Decimal {
  const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text) ?? []
  if (whole === undefined) throw new Error(`"${text}" is not a decimal`)
  return { units: BigInt(`${sign}${whole}${fraction}`), scale: fraction.length }
}

export const times = (a: Decimal, b: Decimal): Decimal => ({ units: a.units * b.units, scale: a.scale + b.scale })

export function plus(a: Decimal, b: Decimal): Decimal {
  const scale = Math.max(a.scale, b.scale)
  return { units: widen(a, scale) + widen(b, scale), scale }
}

/** 1 / a, to so many decimals. */
export const inverse = (a: Decimal, scale: number): Decimal => ({
  units: divide(10n ** BigInt(a.scale + scale), a.units),
  scale
})

/** Half away from zero, as numeric does. */
export const round = (a: Decimal, scale: number): Decimal =>
  a.scale <= scale
    ? { units: widen(a, scale), scale }
    : { units: divide(a.units, 10n ** BigInt(a.scale - scale)), scale }

export const equals = (a: Decimal, b: Decimal): boolean => {
  const scale = Math.max(a.scale, b.scale)
  return widen(a, scale) === widen(b, scale)
}

const widen = ({ units, scale }: Decimal, to: number): bigint => units * 10n ** BigInt(to - scale)

function divide(dividend: bigint, divisor: bigint): bigint {
  const negative = dividend < 0n !== divisor < 0n
  const [a, b] = [dividend < 0n ? -dividend : dividend, divisor < 0n ? -divisor : divisor]
  const quotient = (2n * a + b) / (2n * b)
  return negative ? -quotient : quotient
}

export function show({ units, scale }: Decimal): string {
  const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0')
  const whole = digits.slice(0, digits.length - scale)
  const fraction = digits.slice(digits.length - scale).replace(/0+$/, '')
  return `${units < 0n ? '-' : ''}${whole}${fraction && `.${fraction}`}`
}
