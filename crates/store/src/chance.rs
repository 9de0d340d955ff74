//! What is left to chance.

use rand_core::CryptoRngCore;

/// A number below `bound`, each equally often.
pub(crate) fn below(random: &mut dyn CryptoRngCore, bound: u64) -> u64 {
    let whole = u64::MAX - u64::MAX % bound;
    loop {
        let drawn = random.next_u64();
        if drawn < whole {
            return drawn % bound;
        }
    }
}
