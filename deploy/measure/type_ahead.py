"""Types words letter by letter, as people do, and says how long answers take and what comes first."""
import sys
import time

import grpc
from passend.v1 import taxonomy_service_pb2, taxonomy_service_pb2_grpc

WORDS = {
    "nl": "schoonmaken koken groenten snijden tuin onderhouden mensen helpen luisteren lassen metselen "
          "verzorgen fietsen repareren administratie telefoon klanten ontvangen kassa magazijn".split(),
    "en": "clean rooms cook soup prune plants listen actively welding bricks care elderly repair "
          "bicycles office telephone customers cash register warehouse teach children".split(),
}
ROUNDS = 10


def main():
    stub = taxonomy_service_pb2_grpc.TaxonomyServiceStub(grpc.insecure_channel(sys.argv[1]))

    def search(query, language):
        return stub.SearchConcepts(taxonomy_service_pb2.SearchConceptsRequest(
            query=query, language_code=language)).hits

    search("warm", "en")
    milliseconds = []
    for _ in range(ROUNDS):
        for language, words in WORDS.items():
            for word in words:
                for length in range(1, len(word) + 1):
                    start = time.perf_counter()
                    search(word[:length], language)
                    milliseconds.append((time.perf_counter() - start) * 1000)
    milliseconds.sort()
    count = len(milliseconds)
    print(f"ESCO: search as typed, 99th percentile of {count}", f"{milliseconds[int(count * .99)]:.2f}",
          "ms", "<=", 20, sep="\t")
    for query, language in (("schoonm", "nl"), ("clean", "en")):
        labels = [hit.label for hit in search(query, language)]
        hits = sum(any(word.lower().startswith(query) for word in label.split()) for label in labels)
        print(f"ESCO: '{query}' finds words that start so, of 10 hits: {labels[0] if labels else 'none'}",
              hits, "hits", ">=", 10, sep="\t")


main()
