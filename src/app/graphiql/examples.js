/** Queries that answer on any analysed film; `$episode` is filled with one that is there. */
export const examples = [
  `# Fabula: a film as a graph. Press ▶ to ask; open the docs at the left to see all that can be asked.
query Film($episode: ID!) {
  episode(id: $episode) {
    title
    durationMs
    mediaUrl
    contactSheetUrl
    report {
      stages { name summary }
      gaps { stage missing remedy }
    }
    scenes(first: 10) {
      nodes {
        ordinal
        startMs
        endMs
        shots(first: 3) { ordinal transition keyframes(first: 1) { imageUrl } }
      }
    }
  }
}
`,
  `# Ten shots, each with its scene and what is said in it.
query Shots($episode: ID!, $after: String) {
  shots(episodeId: $episode, first: 10, after: $after) {
    nodes {
      ordinal
      startMs
      endMs
      transition
      scene { ordinal }
      cues { startMs text source }
      keyframes { atMs valid rejection imageUrl }
      provenance { by confidence evidence { startMs endMs note } }
    }
    pageInfo { endCursor hasNextPage }
  }
}
`,
  `# What is said, and by whom if the subtitles tell.
query Lines($episode: ID!) {
  events(episodeId: $episode, types: [LINE], first: 20) {
    nodes { startMs endMs dialogue character { name } scene { ordinal } }
    pageInfo { endCursor hasNextPage }
  }
}
`,
  `# Words in any language, across all films.
query Search($text: String!) {
  search(text: $text, first: 10) {
    nodes { score snippet startMs endMs episode { title } node { __typename } }
  }
  facets(text: $text) { field values { value count } }
}
`,
  `# Analyse another film: its path inside a media root. Then watch the job.
mutation Analyze {
  analyzeVideo(input: { path: "film.mp4" }) { id state }
}

query Jobs {
  jobs(first: 10) { nodes { id job state stage progress error { code message } episode { id title } } }
}
`,
];
