/** Queries that answer on any analysed film; `$episode` is filled with one that is there. */
export const examples = [
  `# A film as a graph. Press ▶ to ask;
# the docs (top left) say what else can be asked.
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
        shots(first: 3) { ordinal transition }
      }
    }
  }
}
`,
  `# Ten shots, their scenes and what is said.
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
      provenance {
        by
        confidence
        evidence { startMs endMs note }
      }
    }
    pageInfo { endCursor hasNextPage }
  }
}
`,
  `# Lines, and who says them if the subtitles tell.
query Lines($episode: ID!) {
  events(episodeId: $episode, types: [LINE]) {
    nodes {
      startMs
      endMs
      dialogue
      character { name }
      scene { ordinal }
    }
    pageInfo { endCursor hasNextPage }
  }
}
`,
  `# Words in any language, across all films.
query Search($text: String!) {
  search(text: $text, first: 10) {
    nodes {
      score
      snippet
      startMs
      endMs
      episode { title }
      node { __typename }
    }
  }
  facets(text: $text) {
    field
    values { value count }
  }
}
`,
  `# Who is in each scene, who comes in and leaves,
# who is alone; and where to look to check it.
query Presence($episode: ID!) {
  scenes(episodeId: $episode, first: 10) {
    nodes {
      ordinal
      startMs
      endMs
      characters { id name portraitUrl }
    }
  }
  events(episodeId: $episode, types: [ENTRANCE, EXIT, ALONE]) {
    nodes {
      type
      startMs
      endMs
      description
      character { name }
      provenance {
        confidence
        evidence { startMs endMs note }
      }
    }
  }
}
`,
  `# Who is in the film. Correct what the machine got
# wrong by the ids you see; an edit says what does
# not fit, survives a new analysis, can be undone.
query Characters($episode: ID!) {
  characters(episodeId: $episode, first: 20) {
    nodes {
      id
      name
      aliases
      portraitUrl
      persons {
        screenTimeMs
        lineCount
        appearances(first: 3) { id startMs endMs }
      }
    }
  }
  edits(episodeId: $episode) {
    nodes {
      id
      state
      author
      operation { operation field value }
      character { name }
      conflicts { conflict detail startMs endMs }
    }
  }
}

mutation Rename($character: ID!) {
  renameCharacter(characterId: $character, name: "Mara") {
    id
    conflicts { detail }
  }
}
`,
  `# Analyse another film, then watch its job.
# The path is one inside a media root.
mutation Analyze {
  analyzeVideo(input: { path: "film.mp4" }) {
    id
    state
  }
}

query Jobs {
  jobs(first: 10) {
    nodes {
      id
      job
      state
      stage
      progress
      error { code message }
      episode { id title }
    }
  }
}
`,
];
