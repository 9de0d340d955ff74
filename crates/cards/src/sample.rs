//! Which cards an auditor has opened, so that neither side can steer it alone.

use sha2::{Digest, Sha256, Sha512};

/// What an auditor has logged before the report, to reveal the 32 bytes after it.
#[must_use]
pub fn auditor_commitment(secret: &[u8; 32]) -> [u8; 32] {
    Sha256::new_with_prefix("lagrum/count-cards/v1/auditor\n")
        .chain_update(secret)
        .finalize()
        .into()
}

/// The order in which the cards of a report are opened, until enough of them were demands.
///
/// Where it stopped is not published: it would tell how many cards are blank.
#[must_use]
pub fn order_of_the_sample(report: &[u8; 32], secret: &[u8; 32], cards: u32) -> Vec<u32> {
    let seed = Sha512::new_with_prefix("lagrum/count-cards/v1/sample\n")
        .chain_update(report)
        .chain_update(secret)
        .finalize();
    let mut integers = (0_u64..).flat_map(|block| {
        let hash = Sha512::new()
            .chain_update(seed)
            .chain_update(block.to_le_bytes())
            .finalize();
        let integers: Vec<u64> = hash
            .chunks_exact(8)
            .map(|bytes| u64::from_le_bytes(bytes.try_into().expect("eight bytes")))
            .collect();
        integers
    });
    let mut order: Vec<u32> = (0..cards).collect();
    for at in 0..order.len() {
        let left = (order.len() - at) as u64;
        let bound = (1_u128 << 64) / u128::from(left) * u128::from(left);
        let Some(integer) = integers.find(|integer| u128::from(*integer) < bound) else {
            break;
        };
        let other = at + usize::try_from(integer % left).unwrap_or(0);
        order.swap(at, other);
    }
    order
}

/// How many demands have to be opened without a fault, out of so many, to say with 95 % confidence that fewer
/// than 2 % are classed wrongly.
#[must_use]
pub fn cases_to_open(cases: u32) -> u32 {
    let wrong = cases.div_ceil(50);
    let mut unseen = 1.0;
    for opened in 0..cases {
        if unseen <= 0.05 {
            return opened;
        }
        let left = f64::from(cases - opened);
        unseen *= (left - f64::from(wrong)).max(0.0) / left;
    }
    cases
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn so_many_cases_are_opened_as_the_document_says() {
        for (cases, opened) in [
            (1_200, 140),
            (500, 129),
            (200, 105),
            (100, 78),
            (1, 1),
            (0, 0),
        ] {
            assert_eq!(cases_to_open(cases), opened, "{cases}");
        }
        assert_eq!(cases_to_open(10_000_000), 149);
    }

    #[test]
    fn the_sample_is_a_permutation_that_both_sides_decide() {
        let order = order_of_the_sample(&[1; 32], &[2; 32], 1000);
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert_eq!(sorted, (0..1000).collect::<Vec<_>>());
        assert_ne!(order, order_of_the_sample(&[1; 32], &[3; 32], 1000));
        assert_ne!(order, order_of_the_sample(&[3; 32], &[2; 32], 1000));
        assert_ne!(auditor_commitment(&[2; 32]), auditor_commitment(&[3; 32]));
    }
}
