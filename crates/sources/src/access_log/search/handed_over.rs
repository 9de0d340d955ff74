//! Lines that stand in two files of a log, as a rotation leaves them that was broken off, or a copy beside the log.

use std::collections::HashMap;

use sha2::{Digest as _, Sha256};

/// How many lines of one order are known at most.
const KNOWN: usize = 1 << 14;

/// The lines that were handed over of one order, by their digests. Where they are more than can be kept, it keeps those whose
/// digest begins with the most zeros, which are the same ones in every file.
#[derive(Debug, Default)]
pub(super) struct HandedOver {
    /// In which file each was first.
    known: HashMap<u128, usize>,
    /// With how many zeros the digest of a line has to begin.
    zeros: u32,
}

impl HandedOver {
    /// A line that is handed over, of the file with this number. Gives whether the same was handed over from a file before.
    pub(super) fn line(&mut self, file: usize, line: &[u8]) -> bool {
        let digest = Sha256::digest(line);
        let digest = (digest.iter().take(16)).fold(0, |all, byte| all << 8 | u128::from(*byte));
        if digest.leading_zeros() < self.zeros {
            return false;
        }
        let first = *self.known.entry(digest).or_insert(file);
        while self.known.len() > KNOWN {
            self.zeros += 1;
            let zeros = self.zeros;
            self.known
                .retain(|digest, _| digest.leading_zeros() >= zeros);
        }
        first != file
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_of_a_file_is_found_however_long_it_is() {
        for lines in [1, 1000, 40_000] {
            let mut handed_over = HandedOver::default();
            let mut repeated = [0, 0];
            for (file, repeated) in repeated.iter_mut().enumerate() {
                for line in 0..lines {
                    *repeated += u64::from(handed_over.line(file, format!("{line}").as_bytes()));
                    // What the same file has twice is two entries.
                    for _ in 0..2 {
                        assert!(!handed_over.line(file, format!("{line} of {file}").as_bytes()));
                    }
                }
                assert!(handed_over.known.len() <= KNOWN);
            }
            assert_eq!(repeated[0], 0);
            assert!((1..=lines).contains(&repeated[1]), "{repeated:?}");
            assert!(lines > 1000 || repeated[1] == lines, "{repeated:?}");
        }
    }
}
