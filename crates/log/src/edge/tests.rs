use std::collections::BTreeSet;

use super::*;
use crate::tests::support::{commitments, tree_by_definition};

#[test]
fn the_edge_gives_exactly_the_tiles_that_the_library_says_are_new() {
    for (old, new) in [
        (0, 1),
        (0, 256),
        (5, 255),
        (255, 257),
        (300, 1_024),
        (65_530, 65_540),
    ] {
        let mut edge = Edge::empty();
        let entries = commitments(0, new);
        for entry in &entries[..old as usize] {
            edge.push(entry, &mut |_| Ok(())).unwrap();
        }
        for level in &mut edge.levels {
            level.grown = false;
        }
        let mut files = Vec::new();
        for entry in &entries[old as usize..] {
            let complete = &mut |file| {
                files.push(file);
                Ok(())
            };
            edge.push(entry, complete).unwrap();
        }
        files.extend(edge.partial());

        let names: BTreeSet<String> = files
            .iter()
            .filter(|file| !file.tile.is_data())
            .map(|file| layout::path(&file.tile))
            .collect();
        let expected: BTreeSet<String> = Tile::new_tiles(HEIGHT, old, new)
            .iter()
            .map(layout::path)
            .collect();
        assert_eq!(names, expected, "from {old} to {new}");
        for file in &files {
            assert_eq!(file.content.len(), layout::length(&file.tile));
        }
        assert_eq!(edge.head().root, tree_by_definition(&entries));
    }
}

#[test]
fn the_root_is_that_of_the_definition_for_every_small_size() {
    let entries = commitments(0, 600);
    let mut edge = Edge::empty();
    assert_eq!(edge.head(), Head::EMPTY);
    for size in 1..=entries.len() {
        edge.push(&entries[size - 1], &mut |_| Ok(())).unwrap();
        let root = tree_by_definition(&entries[..size]);
        let size = size as u64;
        assert_eq!(edge.head(), Head { size, root });
    }
}
