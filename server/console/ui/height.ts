import { useEffect, useState } from 'react'

/** What is left of the window's height below so many pixels, for a list that scrolls by itself. */
export function useHeight(above: number): number {
  const [height, setHeight] = useState(() => window.innerHeight)
  useEffect(() => {
    const look = () => setHeight(window.innerHeight)
    window.addEventListener('resize', look)
    return () => window.removeEventListener('resize', look)
  }, [])
  return Math.max(240, height - above)
}
