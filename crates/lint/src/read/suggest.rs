//! The known word that is closest to a misspelled one.

/// The one that is nearest to a word, where it is near: a letter too many, too few, another, or two
/// in the wrong order; for long words two such. `None` where two are as near, and where it is one
/// of them but for the case of its letters.
pub(super) fn closest_match<'a>(
    word: &str,
    words: impl Iterator<Item = &'a str>,
) -> Option<&'a str> {
    const LONGEST: usize = 64;
    let word = word.to_ascii_lowercase();
    if word.len() > LONGEST {
        return None;
    }
    let far = match word.trim_start_matches('-').len() {
        0..=2 => return None,
        3..=6 => 1,
        7..=12 => 2,
        _ => 3,
    };
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for other in words {
        let distance = distance(word.as_bytes(), other.to_ascii_lowercase().as_bytes());
        match best {
            Some((least, _)) if distance > least => {}
            Some((least, before)) if distance == least => tied |= before != other,
            _ => {
                best = Some((distance, other));
                tied = false;
            }
        }
    }
    best.filter(|(distance, _)| *distance <= far && !tied).map(|(_, other)| other)
}

/// How many letters must be put in, taken out, replaced or exchanged with their neighbors.
fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut rows: [Vec<usize>; 3] = [Vec::new(), Vec::new(), (0..=b.len()).collect()];
    for (i, x) in a.iter().enumerate() {
        rows.rotate_left(1);
        let mut row = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let mut least =
                (rows[1][j] + usize::from(x != y)).min(rows[1][j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && *x == b[j - 1] && a[i - 1] == *y {
                least = least.min(rows[0][j - 1] + 1);
            }
            row.push(least);
        }
        rows[2] = row;
    }
    rows[2].last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_near_and_other_words_are_not() {
        let options = [
            "--registry",
            "--repository",
            "--resource-group",
            "--name",
            "--yes",
            "--config",
            "--config-protected-file",
        ];
        for (word, likely) in [
            ("--registri", Some("--registry")),
            ("--resouce-group", Some("--resource-group")),
            ("--nmae", Some("--name")),
            ("--Config-Protected-Flie", Some("--config-protected-file")),
            ("--cluster", None),
            ("--no", None),
            ("--mode", None),
        ] {
            assert_eq!(closest_match(word, options.into_iter()), likely, "{word}");
        }
        assert_eq!(
            closest_match("connectedCluster", ["connectedClusters", "managedClusters"].into_iter()),
            Some("connectedClusters")
        );
        assert_eq!(distance(b"edge", b"egde"), 1);
        assert_eq!(distance(b"", b"edge"), 4);
    }
}
