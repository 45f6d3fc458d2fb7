"""Reference values of PartitionAgreementTests: scikit-learn's adjusted Rand index."""
from sklearn.metrics import adjusted_rand_score

for first, second in [("aaabbb", "112233"), ("aabbcc", "ccaabb"), ("aaaaaa", "112233"), ("abcabc", "aabbcc"),
                      ("aaaa", "bbbb"), ("abcd", "wxyz"), ("aabbbbcccc", "1122223331")]:
    print(first, second, repr(adjusted_rand_score(list(first), list(second))))
