/** Three things to ask about any analysed film; `$episode` is its id. */
export const demoQueries = [
  {
    about: 'Which scenes has it, and how many shots has each?',
    query: `query Scenes($episode: ID!) {
  scenes(episodeId: $episode, first: 5) {
    nodes { ordinal startMs endMs shots { ordinal transition } }
  }
}`,
  },
  {
    about: 'What is said first, by whom, and where in the film?',
    query: `query Lines($episode: ID!) {
  events(episodeId: $episode, types: [LINE], first: 5) {
    nodes { startMs dialogue character { name } scene { ordinal } shots { ordinal } }
  }
}`,
  },
  {
    about: 'When is it loud, when is it still, and how does the system know?',
    query: `query Sounds($episode: ID!) {
  events(episodeId: $episode, types: [LOUD_SOUND, SILENCE, SPEECH], first: 5) {
    nodes { startMs endMs description provenance { by confidence evidence { startMs endMs note } } }
  }
}`,
  },
] as const;
