import type { Shape } from './shape.js';

/** Written by the build from the decorated classes (derive-shape.ts). */
export const shape: Shape = {
  "Appearance": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "personId": {
      "type": "ID",
      "ref": "Person"
    },
    "shotId": {
      "type": "ID",
      "ref": "Shot"
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "atMs": {
      "type": "Int"
    },
    "faceBox": {
      "type": "Box",
      "optional": true
    },
    "pose": {
      "type": "PosePoint",
      "list": true,
      "optional": true
    },
    "headAngles": {
      "type": "HeadAngles",
      "optional": true
    },
    "positionCm": {
      "type": "Position",
      "optional": true
    },
    "emotion": {
      "type": "Emotion",
      "optional": true,
      "words": [
        "JOY",
        "TRUST",
        "FEAR",
        "SURPRISE",
        "SADNESS",
        "DISGUST",
        "ANGER",
        "ANTICIPATION"
      ]
    },
    "vad": {
      "type": "Vad",
      "optional": true
    },
    "action": {
      "type": "String",
      "optional": true
    },
    "expression": {
      "type": "String",
      "optional": true
    },
    "entersFrom": {
      "type": "FrameSide",
      "optional": true,
      "words": [
        "LEFT",
        "RIGHT"
      ]
    },
    "leavesTo": {
      "type": "FrameSide",
      "optional": true,
      "words": [
        "LEFT",
        "RIGHT"
      ]
    },
    "foreground": {
      "type": "Boolean",
      "optional": true
    }
  },
  "Provenance": {
    "by": {
      "type": "String"
    },
    "version": {
      "type": "String"
    },
    "confidence": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    },
    "evidence": {
      "type": "Evidence",
      "list": true
    },
    "otherReadings": {
      "type": "OtherReading",
      "list": true
    },
    "fields": {
      "type": "FieldProvenance",
      "list": true,
      "optional": true
    }
  },
  "Evidence": {
    "startMs": {
      "type": "Int",
      "optional": true
    },
    "endMs": {
      "type": "Int",
      "optional": true
    },
    "nodeId": {
      "type": "ID",
      "optional": true
    },
    "note": {
      "type": "String",
      "optional": true
    }
  },
  "OtherReading": {
    "field": {
      "type": "String"
    },
    "value": {
      "type": "JSON"
    },
    "by": {
      "type": "String"
    },
    "confidence": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "FieldProvenance": {
    "field": {
      "type": "String"
    },
    "by": {
      "type": "String"
    },
    "confidence": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "Box": {
    "x": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    },
    "y": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    },
    "width": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    },
    "height": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "PosePoint": {
    "joint": {
      "type": "String"
    },
    "x": {
      "type": "Float"
    },
    "y": {
      "type": "Float"
    },
    "confidence": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "HeadAngles": {
    "yaw": {
      "type": "Float"
    },
    "pitch": {
      "type": "Float"
    },
    "roll": {
      "type": "Float"
    }
  },
  "Position": {
    "x": {
      "type": "Float"
    },
    "y": {
      "type": "Float"
    },
    "z": {
      "type": "Float"
    }
  },
  "Vad": {
    "valence": {
      "type": "Float",
      "range": [
        -1,
        1
      ]
    },
    "arousal": {
      "type": "Float",
      "range": [
        -1,
        1
      ]
    },
    "dominance": {
      "type": "Float",
      "range": [
        -1,
        1
      ]
    }
  },
  "CausalLink": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "causeId": {
      "type": "ID",
      "ref": "Event"
    },
    "effectId": {
      "type": "ID",
      "ref": "Event"
    },
    "relation": {
      "type": "CausalRelation",
      "words": [
        "ENABLES",
        "CAUSES",
        "MOTIVATES",
        "REVEALS"
      ]
    },
    "weight": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "Character": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "seriesId": {
      "type": "ID",
      "optional": true
    },
    "episodeId": {
      "type": "ID",
      "optional": true
    },
    "name": {
      "type": "String"
    },
    "aliases": {
      "type": "String",
      "list": true
    },
    "portraitId": {
      "type": "ID",
      "optional": true
    }
  },
  "Counterfactual": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "premise": {
      "type": "String"
    },
    "edits": {
      "type": "JSON"
    },
    "kept": {
      "type": "EventFate",
      "list": true
    },
    "changed": {
      "type": "EventFate",
      "list": true
    },
    "dropped": {
      "type": "EventFate",
      "list": true
    },
    "broken": {
      "type": "EventFate",
      "list": true
    },
    "imaginedEpisodeId": {
      "type": "ID",
      "optional": true
    }
  },
  "EventFate": {
    "eventId": {
      "type": "ID",
      "ref": "Event"
    },
    "why": {
      "type": "String"
    }
  },
  "Cue": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "text": {
      "type": "String"
    },
    "source": {
      "type": "CueSource",
      "words": [
        "FILE",
        "STREAM",
        "BURNED_IN",
        "TRANSCRIPT"
      ]
    },
    "language": {
      "type": "String",
      "optional": true
    },
    "speakerTag": {
      "type": "String",
      "optional": true
    }
  },
  "Edit": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "at": {
      "type": "DateTimeISO"
    },
    "author": {
      "type": "String"
    },
    "operation": {
      "type": "EditChange"
    },
    "anchor": {
      "type": "EditAnchor"
    },
    "state": {
      "type": "EditState",
      "words": [
        "APPLIED",
        "UNDONE",
        "ORPHANED"
      ]
    },
    "appliedTo": {
      "type": "ID",
      "optional": true
    },
    "conflicts": {
      "type": "EditConflict",
      "list": true,
      "optional": true
    }
  },
  "EditChange": {
    "operation": {
      "type": "EditOperation",
      "words": [
        "CORRECT",
        "RENAME",
        "MERGE",
        "SPLIT",
        "ALIGN"
      ]
    },
    "field": {
      "type": "String",
      "optional": true
    },
    "value": {
      "type": "JSON",
      "optional": true
    }
  },
  "EditAnchor": {
    "nodeId": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "startMs": {
      "type": "Int",
      "optional": true
    },
    "endMs": {
      "type": "Int",
      "optional": true
    },
    "oldValue": {
      "type": "JSON",
      "optional": true
    },
    "persons": {
      "type": "EditPerson",
      "list": true,
      "optional": true
    },
    "others": {
      "type": "EditCharacter",
      "list": true,
      "optional": true
    },
    "taken": {
      "type": "EditPerson",
      "list": true,
      "optional": true
    }
  },
  "EditPerson": {
    "episodeId": {
      "type": "ID"
    },
    "personId": {
      "type": "ID"
    },
    "name": {
      "type": "String",
      "optional": true
    },
    "moments": {
      "type": "EditMoment",
      "list": true
    },
    "isPart": {
      "type": "Boolean",
      "optional": true
    }
  },
  "EditMoment": {
    "nodeId": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "faceBox": {
      "type": "Box",
      "optional": true
    }
  },
  "EditCharacter": {
    "characterId": {
      "type": "ID"
    },
    "name": {
      "type": "String"
    },
    "persons": {
      "type": "EditPerson",
      "list": true
    }
  },
  "EditConflict": {
    "conflict": {
      "type": "EditConflictKind",
      "words": [
        "SAME_FRAME",
        "TWO_NAMES",
        "NAME_TAKEN",
        "CONTRADICTION"
      ]
    },
    "detail": {
      "type": "String"
    },
    "episodeId": {
      "type": "ID",
      "optional": true
    },
    "startMs": {
      "type": "Int",
      "optional": true
    },
    "endMs": {
      "type": "Int",
      "optional": true
    },
    "against": {
      "type": "ID",
      "optional": true
    },
    "characterId": {
      "type": "ID",
      "optional": true
    }
  },
  "EmotionSample": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "personId": {
      "type": "ID",
      "optional": true,
      "ref": "Person"
    },
    "atMs": {
      "type": "Int"
    },
    "vad": {
      "type": "Vad"
    },
    "plutchik": {
      "type": "PlutchikReading",
      "optional": true
    }
  },
  "PlutchikReading": {
    "emotion": {
      "type": "Emotion",
      "words": [
        "JOY",
        "TRUST",
        "FEAR",
        "SURPRISE",
        "SADNESS",
        "DISGUST",
        "ANGER",
        "ANTICIPATION"
      ]
    },
    "intensity": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "Episode": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "seriesId": {
      "type": "ID",
      "optional": true
    },
    "ordinal": {
      "type": "Int",
      "optional": true
    },
    "source": {
      "type": "EpisodeSource",
      "words": [
        "FILM",
        "SCRIPT",
        "IMAGINED"
      ]
    },
    "title": {
      "type": "String"
    },
    "media": {
      "type": "MediaReference",
      "optional": true
    },
    "durationMs": {
      "type": "Int"
    },
    "frameRate": {
      "type": "Float",
      "optional": true
    },
    "width": {
      "type": "Int",
      "optional": true
    },
    "height": {
      "type": "Int",
      "optional": true
    },
    "language": {
      "type": "String",
      "optional": true
    },
    "synopsis": {
      "type": "String",
      "optional": true
    },
    "contactSheetId": {
      "type": "String",
      "optional": true
    },
    "report": {
      "type": "AnalysisReport"
    }
  },
  "MediaReference": {
    "root": {
      "type": "String"
    },
    "path": {
      "type": "String"
    },
    "sha256": {
      "type": "String"
    }
  },
  "AnalysisReport": {
    "stages": {
      "type": "StageReport",
      "list": true
    },
    "gaps": {
      "type": "Gap",
      "list": true
    }
  },
  "StageReport": {
    "name": {
      "type": "String"
    },
    "version": {
      "type": "String"
    },
    "summary": {
      "type": "String"
    }
  },
  "Gap": {
    "stage": {
      "type": "String"
    },
    "missing": {
      "type": "String"
    },
    "remedy": {
      "type": "String",
      "optional": true
    }
  },
  "Event": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "ordinal": {
      "type": "Int"
    },
    "type": {
      "type": "EventType",
      "words": [
        "LINE",
        "SPEECH",
        "SILENCE",
        "LOUD_SOUND",
        "ACTION",
        "ENTRANCE",
        "EXIT",
        "ALONE"
      ]
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "sceneId": {
      "type": "ID",
      "ref": "Scene"
    },
    "shotIds": {
      "type": "ID",
      "list": true,
      "ref": "Shot"
    },
    "personId": {
      "type": "ID",
      "optional": true,
      "ref": "Person"
    },
    "targetIds": {
      "type": "ID",
      "list": true,
      "ref": "Person"
    },
    "action": {
      "type": "String",
      "optional": true
    },
    "expression": {
      "type": "String",
      "optional": true
    },
    "dialogue": {
      "type": "String",
      "optional": true
    },
    "subtext": {
      "type": "String",
      "optional": true
    },
    "voiceType": {
      "type": "String",
      "optional": true
    },
    "audioCue": {
      "type": "String",
      "optional": true
    },
    "description": {
      "type": "String",
      "optional": true
    }
  },
  "Highlight": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "type": {
      "type": "String"
    },
    "score": {
      "type": "Float",
      "range": [
        0,
        10
      ]
    },
    "reasoning": {
      "type": "HighlightReasoning"
    },
    "contributions": {
      "type": "Contribution",
      "list": true
    },
    "setupEventIds": {
      "type": "ID",
      "list": true,
      "ref": "Event"
    }
  },
  "HighlightReasoning": {
    "visual": {
      "type": "String",
      "optional": true
    },
    "audio": {
      "type": "String",
      "optional": true
    },
    "text": {
      "type": "String",
      "optional": true
    },
    "psychology": {
      "type": "String",
      "optional": true
    }
  },
  "Contribution": {
    "term": {
      "type": "String"
    },
    "share": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "IdentityEmbedding": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "appearanceId": {
      "type": "ID",
      "ref": "Appearance"
    },
    "vector": {
      "type": "Float",
      "list": true
    }
  },
  "Job": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "job": {
      "type": "JobKind",
      "words": [
        "ANALYZE",
        "IMPORT",
        "ALIGN",
        "REEL",
        "IMAGINE",
        "WRITE",
        "PULL_MODEL"
      ]
    },
    "state": {
      "type": "JobState",
      "words": [
        "QUEUED",
        "RUNNING",
        "DONE",
        "FAILED",
        "CANCELLED"
      ]
    },
    "priority": {
      "type": "JobPriority",
      "words": [
        "HIGH",
        "NORMAL",
        "LOW"
      ]
    },
    "stage": {
      "type": "String",
      "optional": true
    },
    "progress": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    },
    "attempt": {
      "type": "Int"
    },
    "failures": {
      "type": "Int"
    },
    "workersLost": {
      "type": "Int"
    },
    "askedBy": {
      "type": "String",
      "optional": true
    },
    "createdAt": {
      "type": "DateTimeISO"
    },
    "startedAt": {
      "type": "DateTimeISO",
      "optional": true
    },
    "finishedAt": {
      "type": "DateTimeISO",
      "optional": true
    },
    "input": {
      "type": "JSON"
    },
    "episodeId": {
      "type": "ID",
      "optional": true
    },
    "result": {
      "type": "JSON",
      "optional": true
    },
    "error": {
      "type": "JobError",
      "optional": true
    }
  },
  "JobError": {
    "code": {
      "type": "String"
    },
    "message": {
      "type": "String"
    }
  },
  "Keyframe": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "shotId": {
      "type": "ID",
      "ref": "Shot"
    },
    "atMs": {
      "type": "Int"
    },
    "imageId": {
      "type": "ID"
    },
    "sharpness": {
      "type": "Float"
    },
    "valid": {
      "type": "Boolean"
    },
    "rejection": {
      "type": "KeyframeRejection",
      "optional": true,
      "words": [
        "BLUR",
        "OCCLUSION",
        "BLACK",
        "FLAT"
      ]
    }
  },
  "LayoutIssue": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "shotId": {
      "type": "ID",
      "ref": "Shot"
    },
    "atMs": {
      "type": "Int"
    },
    "issue": {
      "type": "LayoutDefect",
      "words": [
        "TELEPORT",
        "JITTER",
        "OCCLUSION_ORDER",
        "LINE_CROSSED",
        "SCALE_JUMP"
      ]
    },
    "magnitude": {
      "type": "Float"
    },
    "detail": {
      "type": "String"
    }
  },
  "Person": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "name": {
      "type": "String",
      "optional": true
    },
    "aliases": {
      "type": "String",
      "list": true
    },
    "provisional": {
      "type": "Boolean"
    },
    "gender": {
      "type": "String",
      "optional": true
    },
    "ageRange": {
      "type": "String",
      "optional": true
    },
    "looks": {
      "type": "String",
      "optional": true
    },
    "temperament": {
      "type": "String",
      "optional": true
    },
    "description": {
      "type": "String",
      "optional": true
    },
    "portraitId": {
      "type": "ID",
      "optional": true
    },
    "screenTimeMs": {
      "type": "Int"
    },
    "lineCount": {
      "type": "Int"
    }
  },
  "Relationship": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "fromId": {
      "type": "ID",
      "ref": "Person"
    },
    "toId": {
      "type": "ID",
      "ref": "Person"
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "relation": {
      "type": "String"
    },
    "polarity": {
      "type": "Float",
      "range": [
        -1,
        1
      ]
    },
    "strength": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    },
    "explicit": {
      "type": "Boolean"
    }
  },
  "RelationshipTurn": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "fromId": {
      "type": "ID",
      "ref": "Person"
    },
    "toId": {
      "type": "ID",
      "ref": "Person"
    },
    "atMs": {
      "type": "Int"
    },
    "before": {
      "type": "RelationshipState"
    },
    "after": {
      "type": "RelationshipState"
    },
    "eventId": {
      "type": "ID",
      "optional": true,
      "ref": "Event"
    }
  },
  "RelationshipState": {
    "relation": {
      "type": "String"
    },
    "polarity": {
      "type": "Float",
      "range": [
        -1,
        1
      ]
    },
    "strength": {
      "type": "Float",
      "range": [
        0,
        1
      ]
    }
  },
  "Scene": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "ordinal": {
      "type": "Int"
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "setting": {
      "type": "Setting",
      "words": [
        "INT",
        "EXT",
        "INT_EXT",
        "UNKNOWN"
      ]
    },
    "location": {
      "type": "String",
      "optional": true
    },
    "timeOfDay": {
      "type": "String",
      "optional": true
    },
    "environment": {
      "type": "String",
      "optional": true
    },
    "mood": {
      "type": "String",
      "optional": true
    },
    "music": {
      "type": "Music",
      "optional": true
    },
    "personIds": {
      "type": "ID",
      "list": true,
      "optional": true,
      "ref": "Person"
    },
    "description": {
      "type": "String",
      "optional": true
    }
  },
  "Music": {
    "genre": {
      "type": "String",
      "optional": true
    },
    "mood": {
      "type": "String",
      "optional": true
    },
    "tempo": {
      "type": "String",
      "optional": true
    }
  },
  "Series": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "title": {
      "type": "String"
    }
  },
  "Shot": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "sceneId": {
      "type": "ID",
      "ref": "Scene"
    },
    "ordinal": {
      "type": "Int"
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    },
    "transition": {
      "type": "Transition",
      "words": [
        "CUT",
        "FADE",
        "DISSOLVE",
        "WIPE",
        "START"
      ]
    },
    "shotSize": {
      "type": "ShotSize",
      "optional": true,
      "words": [
        "EXTREME_WIDE",
        "WIDE",
        "FULL",
        "MEDIUM",
        "CLOSE_UP",
        "EXTREME_CLOSE_UP"
      ]
    },
    "cameraAngle": {
      "type": "CameraAngle",
      "optional": true,
      "words": [
        "EYE_LEVEL",
        "HIGH",
        "LOW",
        "OVERHEAD",
        "DUTCH"
      ]
    },
    "cameraMovement": {
      "type": "CameraMovement",
      "optional": true,
      "words": [
        "STATIC",
        "PAN",
        "TILT",
        "ZOOM",
        "DOLLY",
        "HANDHELD"
      ]
    },
    "cameraPosition": {
      "type": "String",
      "optional": true
    },
    "focus": {
      "type": "String",
      "optional": true
    },
    "action": {
      "type": "String",
      "optional": true
    },
    "mainSubjectIds": {
      "type": "ID",
      "list": true,
      "ref": "Person"
    },
    "highlightScore": {
      "type": "Float",
      "optional": true,
      "range": [
        0,
        10
      ]
    },
    "camera": {
      "type": "Camera",
      "optional": true
    }
  },
  "Camera": {
    "matrix": {
      "type": "Float",
      "list": true
    },
    "focalLengthPx": {
      "type": "Float"
    },
    "reprojectionErrorPx": {
      "type": "Float"
    }
  },
  "SignalTrack": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "name": {
      "type": "SignalName",
      "words": [
        "MOTION",
        "LIGHT",
        "SATURATION",
        "WARMTH",
        "CUT_RHYTHM",
        "LOUDNESS"
      ]
    },
    "stepMs": {
      "type": "Int"
    },
    "unit": {
      "type": "String"
    },
    "values": {
      "type": "Float",
      "list": true
    }
  },
  "SpeechInterval": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "startMs": {
      "type": "Int"
    },
    "endMs": {
      "type": "Int"
    }
  },
  "StoryObject": {
    "id": {
      "type": "ID"
    },
    "kind": {
      "type": "NodeKind",
      "words": [
        "Series",
        "Episode",
        "Scene",
        "Shot",
        "Keyframe",
        "Person",
        "Character",
        "Appearance",
        "StoryObject",
        "SpeechInterval",
        "SignalTrack",
        "IdentityEmbedding",
        "Cue",
        "Event",
        "EmotionSample",
        "Relationship",
        "RelationshipTurn",
        "CausalLink",
        "Highlight",
        "LayoutIssue",
        "Counterfactual",
        "Edit",
        "Job"
      ]
    },
    "episodeId": {
      "type": "ID"
    },
    "provenance": {
      "type": "Provenance"
    },
    "foreign": {
      "type": "JSON",
      "optional": true
    },
    "name": {
      "type": "String"
    },
    "description": {
      "type": "String",
      "optional": true
    },
    "shotId": {
      "type": "ID",
      "ref": "Shot"
    },
    "box": {
      "type": "Box",
      "optional": true
    },
    "positionCm": {
      "type": "Position",
      "optional": true
    },
    "foreground": {
      "type": "Boolean",
      "optional": true
    }
  }
};
