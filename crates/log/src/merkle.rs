//! The two checks of RFC 6962 section 2.1, on bare hashes.

use crate::error::Error;
use crate::hash::Hash;
use crate::head::Head;
use crate::text::MAXIMUM_PROOF_HASHES;

fn bare(hashes: &[Hash]) -> Vec<tlog_tiles::Hash> {
    hashes.iter().map(|hash| (*hash).into()).collect()
}

/// That the leaf at `index` of the tree `head` has the hash `leaf`.
pub(crate) fn check_inclusion(
    proof: &[Hash],
    head: &Head,
    index: u64,
    leaf: Hash,
) -> Result<(), Error> {
    let refused = |rule| Error::NotProved {
        what: "inclusion proof",
        rule,
    };
    if index >= head.size {
        return Err(refused("its index lies outside the checkpoint's tree"));
    }
    if proof.len() > MAXIMUM_PROOF_HASHES {
        return Err(refused("has more hashes than any tree is high"));
    }
    tlog_tiles::check_record(
        &bare(proof),
        head.size,
        head.root.into(),
        index,
        leaf.into(),
    )
    .map_err(|_| refused("does not lead from this commitment to the checkpoint's root"))
}

/// That the tree `new` starts with all the leaves of the tree `old`, which has at least one:
/// RFC 6962 knows no proof from the empty tree.
pub(crate) fn check_consistency(proof: &[Hash], old: &Head, new: &Head) -> Result<(), Error> {
    let refused = |rule| Error::NotProved {
        what: "consistency proof",
        rule,
    };
    if old.size > new.size {
        return Err(refused(
            "the log shrank: the newer checkpoint has fewer entries",
        ));
    }
    if proof.len() > MAXIMUM_PROOF_HASHES {
        return Err(refused("has more hashes than any tree is high"));
    }
    tlog_tiles::check_tree(
        &bare(proof),
        new.size,
        new.root.into(),
        old.size,
        old.root.into(),
    )
    .map_err(|_| refused("does not lead from the older root to the newer one"))
}

#[cfg(test)]
mod tests;
