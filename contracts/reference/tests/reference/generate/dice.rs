//! Random numbers that a seed repeats.

/// SplitMix64 (Steele, Lea, Flood 2014).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub fn roll(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Below `end`, which isn't 0.
    pub fn below(&mut self, end: u64) -> u64 {
        self.roll() % end
    }

    /// So many times in a hundred.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of some, if there are any.
    pub fn pick<'a, T>(&mut self, some: &'a [T]) -> Option<&'a T> {
        match some.len() as u64 {
            0 => None,
            count => some.get(self.below(count) as usize),
        }
    }

    /// One of some, each as often as its weight says.
    pub fn weighted<T: Copy>(&mut self, some: &[(u64, T)]) -> T {
        let mut left = self.below(some.iter().map(|(weight, _)| weight).sum());
        for &(weight, one) in some {
            match left.checked_sub(weight) {
                Some(rest) => left = rest,
                None => return one,
            }
        }
        some[0].1
    }
}
